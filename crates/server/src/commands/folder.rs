//! Copies of folders, with sizes and checksums.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// A file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Path from the folder of the backup, with `/`.
    pub(super) path: String,
    /// Bytes.
    pub(super) size: u64,
    /// SHA-256, hexadecimal.
    pub(super) sha256: String,
}

/// Every regular file below `root`, sorted; symbolic links are left out.
pub(super) fn files(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Copies a file durably and describes the copy; none when it has vanished.
pub(super) fn copy(from: &Path, to: &Path) -> io::Result<bool> {
    let mut source = match File::open(from) {
        Ok(source) => source,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    if let Some(parent) = to.parent() {
        std::fs::create_dir_all(parent)?;
    }
    let mut target = File::create_new(to)?;
    io::copy(&mut source, &mut target)?;
    target.set_permissions(source.metadata()?.permissions())?;
    target.sync_all()?;
    Ok(true)
}

/// Describes a file by its path below `root`.
pub(super) fn describe(root: &Path, path: &Path) -> io::Result<Entry> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut size = 0_u64;
    let mut buffer = vec![0_u8; 64 * 1024];
    loop {
        let read = file.read(&mut buffer)?;
        let Some(chunk) = buffer.get(..read).filter(|chunk| !chunk.is_empty()) else {
            break;
        };
        hash.update(chunk);
        size = size.saturating_add(u64::try_from(read).unwrap_or_default());
    }
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
    Ok(Entry {
        path: parts.join("/"),
        size,
        sha256: data_encoding::HEXLOWER.encode(&hash.finalize()),
    })
}

/// Writes a file durably, readable by its owner only.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes a folder for its owner only; it may be there when it is empty.
pub(super) fn make_private(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    if std::fs::read_dir(path)?.next().is_some() {
        return Err(io::Error::new(
            io::ErrorKind::AlreadyExists,
            format!("{} is not empty", path.display()),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_described_by_path_size_and_checksum() {
        let dir = tempfile::tempdir().expect("a folder");
        let from = dir.path().join("a.txt");
        std::fs::write(&from, "abc").expect("written");
        let root = dir.path().join("copy");
        let to = root.join("files/a.txt");
        assert!(copy(&from, &to).expect("copied"));
        assert!(!copy(&dir.path().join("gone"), &root.join("gone")).expect("left out"));
        let entry = describe(&root, &to).expect("read");
        assert_eq!((entry.path.as_str(), entry.size), ("files/a.txt", 3));
        // SHA-256 of "abc", FIPS 180-2 appendix B.1.
        assert!(entry.sha256.starts_with("ba7816bf8f01cfea"));
        assert_eq!(files(&root).expect("listed"), [to]);
        assert!(make_private(&root).is_err(), "not empty");
    }
}
