"""Takes the jar with Lucene out of Pyserini's package: unpack_lucene.py FOLDER JAR"""

import shutil
import sys
import tarfile
import zipfile
from pathlib import Path


def main(folder, jar):
    for package in sorted(Path(folder).iterdir()):
        if package.suffix == ".whl":
            with zipfile.ZipFile(package) as files:
                names = [name for name in files.namelist() if name.endswith("fatjar.jar")]
                if names:
                    with files.open(names[0]) as source, open(jar, "wb") as target:
                        shutil.copyfileobj(source, target)
                    return
        if package.name.endswith(".tar.gz"):
            with tarfile.open(package) as files:
                for member in files:
                    if member.name.endswith("fatjar.jar"):
                        with files.extractfile(member) as source, open(jar, "wb") as target:
                            shutil.copyfileobj(source, target)
                        return
    raise SystemExit(f"no jar in {folder}: Pyserini's package is not what it was")


if __name__ == "__main__":
    main(*sys.argv[1:])
