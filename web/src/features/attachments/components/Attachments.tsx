import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AttachmentView } from '@/api';
import { fileSize } from '@/lib/file-size';
import { IconAttach } from '@/ui/icons';
import { useFormats } from '@/ui/time/formats';
import classes from './attachments.module.css';

/** Files that were sent: pictures as pictures, everything by its name. */
export function Attachments({ files }: { files: readonly AttachmentView[] }) {
  const { t } = useTranslation('portal');
  const { locale } = useFormats();
  if (files.length === 0) return null;
  return (
    <ul className={classes.sent} aria-label={t('files.sent')}>
      {files.map((file) => (
        <li key={file.id}>
          <a href={file.download_path} download={file.file_name} className={classes.file}>
            {file.is_picture ? (
              <img src={file.download_path} alt="" loading="lazy" className={classes.thumbnail} />
            ) : (
              <span className={classes.thumbnail}>
                <IconAttach aria-hidden size={18} />
              </span>
            )}
            <span className={classes.name}>
              {file.file_name}
              <Text span size="sm" c="dimmed">
                {fileSize(file.size_bytes, locale)}
              </Text>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
