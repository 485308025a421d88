import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { type ChangeEvent, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { fileSize } from '@/lib/file-size';
import { Refusable } from '@/ui/action/Refusable';
import { IconAttach, IconCamera, IconClose } from '@/ui/icons';
import { useFormats } from '@/ui/time/formats';
import type { ChosenFile } from '../model';
import classes from './attachments.module.css';

interface FilePickerProps {
  chosen: readonly ChosenFile[];
  onAdd: (files: Iterable<File>) => void;
  onRemove: (id: string) => void;
  /** How much has been sent, from 0 to 1, while it is being sent. */
  progress: number | null;
}

/** Files to send: from the device or, on a phone, from its camera. */
export function FilePicker({ chosen, onAdd, onRemove, progress }: FilePickerProps) {
  const { t } = useTranslation(['portal', 'common']);
  const files = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    onAdd(event.currentTarget.files ?? []);
    event.currentTarget.value = '';
  };
  return (
    <div>
      <Group gap="sm">
        <Button
          size="md"
          variant="default"
          className={classes.camera}
          leftSection={<IconCamera aria-hidden size={18} />}
          onClick={() => camera.current?.click()}
        >
          {t('files.photo')}
        </Button>
        <Button
          size="md"
          variant="default"
          leftSection={<IconAttach aria-hidden size={18} />}
          onClick={() => files.current?.click()}
        >
          {t('files.add')}
        </Button>
      </Group>
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t('files.photo')}
        onChange={take}
      />
      <input ref={files} type="file" multiple hidden aria-label={t('files.add')} onChange={take} />
      {chosen.length > 0 && (
        <ul className={classes.chosen} aria-label={t('files.chosen')}>
          {chosen.map((each) => (
            <Chosen key={each.id} file={each.file} onRemove={() => onRemove(each.id)} isLocked={progress !== null} />
          ))}
        </ul>
      )}
      {progress !== null && (
        <div className={classes.progress}>
          <progress value={progress} max={1} aria-label={t('files.sending')} />
          <Text size="sm" c="dimmed" aria-live="polite">
            {t('files.sending')}
          </Text>
        </div>
      )}
    </div>
  );
}

interface ChosenProps {
  file: File;
  isLocked: boolean;
  onRemove: () => void;
}

function Chosen({ file, isLocked, onRemove }: ChosenProps) {
  const { t } = useTranslation(['portal', 'common']);
  const { locale } = useFormats();
  const picture = useMemo(() => (file.type.startsWith('image/') ? URL.createObjectURL(file) : null), [file]);
  useEffect(() => () => void (picture && URL.revokeObjectURL(picture)), [picture]);
  return (
    <li className={classes.file}>
      {picture ? (
        <img src={picture} alt="" className={classes.thumbnail} />
      ) : (
        <span className={classes.thumbnail}>
          <IconAttach aria-hidden size={18} />
        </span>
      )}
      <span className={classes.name}>
        {file.name}
        <Text span size="sm" c="dimmed">
          {fileSize(file.size, locale)}
        </Text>
      </span>
      <Refusable reason={isLocked ? t('common:refused.sending') : null}>
        <ActionIcon size={44} aria-label={t('files.remove', { name: file.name })} onClick={onRemove}>
          <IconClose aria-hidden size={18} />
        </ActionIcon>
      </Refusable>
    </li>
  );
}
