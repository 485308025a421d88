import { ActionIcon, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type AttachmentView, deleteAttachment, type TicketView } from '@/api';
import { fileSize } from '@/lib/file-size';
import { IconDelete, IconFile, IconLock } from '@/ui/icons';
import { useAttachments, useRelatedChange } from '../../hooks/use-related';
import { RelatedSection } from './RelatedSection';
import classes from './related.module.css';

/** The files of a ticket, wherever they were attached. */
export function Files({ ticket }: { ticket: TicketView }) {
  const { t, i18n } = useTranslation('tickets');
  const files = useAttachments(ticket.number).data?.data ?? [];
  const remove = useRelatedChange((file: AttachmentView) => deleteAttachment({ path: { id: file.id } }));
  return (
    <RelatedSection title={t('files.title')} count={files.length} empty={t('files.empty')}>
      <ul className={classes.list}>
        {files.map((file) => (
          <li key={file.id} className={classes.item}>
            {file.is_picture ? (
              <img src={file.download_path} alt="" loading="lazy" className={classes.thumbnail} />
            ) : (
              <IconFile aria-hidden size={16} />
            )}
            <a href={file.download_path} download={file.file_name} className={classes.grow} title={file.file_name}>
              {file.file_name}
            </a>
            {file.is_internal && <IconLock size={13} aria-label={t('page.internal')} />}
            <Text span size="xs" c="dimmed">
              {fileSize(file.size_bytes, i18n.language)}
            </Text>
            {file.allowed_actions.some((action) => action.verb === 'delete' && action.allowed) && (
              <ActionIcon
                size={24}
                className="no-print"
                aria-label={t('files.delete', { name: file.file_name })}
                onClick={() => remove.mutate(file)}
              >
                <IconDelete aria-hidden size={14} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
    </RelatedSection>
  );
}
