import { Paper, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { TimelineEntries } from '@/features/tickets/public';

/** What was said and changed on the ticket, as it happened. */
export function MajorTimeline({ number }: { number: string }) {
  const { t } = useTranslation('major');
  return (
    <Paper
      withBorder
      radius="md"
      p="md"
      bg="var(--steward-surface)"
      component="section"
      aria-label={t('timeline.title')}
    >
      <Title order={2} fz={14} mb="sm">
        {t('timeline.title')}
      </Title>
      <TimelineEntries number={number} />
    </Paper>
  );
}
