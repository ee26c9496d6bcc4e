"""Convert every file of a folder with docling, as a user's script does; run by the Python that docling is installed in.

Docling's Markdown backend needs no model. It writes nothing here, which is in its favour.
"""

import sys
import warnings
from pathlib import Path

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    from docling.datamodel.base_models import InputFormat
    from docling.document_converter import DocumentConverter

    converter = DocumentConverter(allowed_formats=[InputFormat.MD])
    for path in sorted(Path(sys.argv[1]).iterdir()):
        converter.convert(path)
