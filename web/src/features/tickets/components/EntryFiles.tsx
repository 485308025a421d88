import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AttachmentView } from '@/api';
import { fileSize } from '@/lib/file-size';
import { IconAttach } from '@/ui/icons';
import classes from './ticket-pane.module.css';

/** The files that came with an entry: pictures as pictures, everything by its name. */
export function EntryFiles({ files }: { files: readonly AttachmentView[] }) {
  const { t, i18n } = useTranslation('tickets');
  if (files.length === 0) return null;
  return (
    <ul className={classes.files} aria-label={t('files.title')}>
      {files.map((file) => (
        <li key={file.id}>
          <a href={file.download_path} download={file.file_name} className={classes.fileLink}>
            {file.is_picture ? (
              <img src={file.download_path} alt="" loading="lazy" />
            ) : (
              <IconAttach aria-hidden size={14} />
            )}
            <span>{file.file_name}</span>
            <Text span size="xs" c="dimmed">
              {fileSize(file.size_bytes, i18n.language)}
            </Text>
          </a>
        </li>
      ))}
    </ul>
  );
}
