import { Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '@/ui/page/PageTitle';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { useKeptDraft } from '../hooks/use-kept-draft';
import { EMPTY_REPORT, startOfReport } from '../report';
import { ReportForm } from './ReportForm';

/** A problem in someone's own words. `title` is what they typed before they came here. */
export function ReportPage({ title }: { title?: string }) {
  const { t } = useTranslation('portal');
  const draft = useKeptDraft('new_incident', EMPTY_REPORT);
  return (
    <Paper withBorder p={{ base: 'md', sm: 'xl' }} radius="md" bg="var(--steward-surface)" maw={640} mx="auto" mt="md">
      <PageTitle fz={24}>{t('report.title')}</PageTitle>
      <Text c="dimmed" mb="lg">
        {draft.wasRestored && !title ? t('report.restored') : t('report.lead')}
      </Text>
      {draft.start ? <ReportForm draft={draft} start={startOfReport(draft.start, title)} /> : <SkeletonRows rows={4} />}
    </Paper>
  );
}
