import { Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listCommentRevisionsOptions, type TicketView, type TimelineItem } from '@/api';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Time } from '@/ui/time/Time';

interface RevisionsProps {
  ticket: TicketView;
  item: TimelineItem;
  onClose: () => void;
}

/** What a comment said before it was changed. */
export function Revisions({ ticket, item, onClose }: RevisionsProps) {
  const { t } = useTranslation('tickets');
  const revisions = useQuery(listCommentRevisionsOptions({ path: { key: ticket.number, comment_id: item.id } }));
  return (
    <Modal opened onClose={onClose} title={t('comment.earlier')} size="lg">
      {revisions.isPending && <SkeletonRows rows={3} />}
      {revisions.isError && <ErrorState error={revisions.error} onRetry={() => void revisions.refetch()} />}
      <Stack gap="md">
        {revisions.data?.data.map((revision) => (
          <div key={revision.replaced_at}>
            <Text size="xs" c="dimmed">
              {t('comment.until')} <Time at={revision.replaced_at} />
            </Text>
            <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {revision.body}
            </Text>
          </div>
        ))}
      </Stack>
    </Modal>
  );
}
