import { ActionIcon, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { fileSize } from '@/lib/file-size';
import { Refusable } from '@/ui/action/Refusable';
import { IconAttach, IconClose } from '@/ui/icons';
import classes from './composer.module.css';

interface FileStripProps {
  files: readonly File[];
  onRemove: (file: File) => void;
  /** How much has been sent, from 0 to 1, while it is being sent. */
  progress: number | null;
}

/** Files that go with what is written. */
export function FileStrip({ files, onRemove, progress }: FileStripProps) {
  const { t, i18n } = useTranslation(['tickets', 'common']);
  if (files.length === 0) return null;
  return (
    <>
      <ul className={classes.files} aria-label={t('composer.files')}>
        {files.map((file) => (
          <li key={`${file.name}-${file.size}-${file.lastModified}`} className={classes.file}>
            <IconAttach aria-hidden size={14} />
            <span>{file.name}</span>
            <Text span size="xs" c="dimmed">
              {fileSize(file.size, i18n.language)}
            </Text>
            <Refusable reason={progress === null ? null : t('common:refused.sending')}>
              <ActionIcon
                size={24}
                aria-label={t('composer.removeFile', { name: file.name })}
                onClick={() => onRemove(file)}
              >
                <IconClose aria-hidden size={14} />
              </ActionIcon>
            </Refusable>
          </li>
        ))}
      </ul>
      {progress !== null && <Progress mt={6} value={100 * progress} aria-label={t('composer.sendingFiles')} />}
    </>
  );
}
