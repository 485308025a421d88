import { Anchor, Group, Paper, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { NewsList } from '@/features/inbox/public-list';

/** What happened since I looked; nothing is shown while there is nothing new. */
export function WorkNews() {
  const { t } = useTranslation('tickets');
  return (
    <NewsList
      frame={(rows) => (
        <section aria-label={t('work.mentions')}>
          <Group justify="space-between" mb="xs">
            <Title order={2} fz={15}>
              {t('work.mentions')}
            </Title>
            <Anchor size="sm" renderRoot={(props) => <Link to="/agent/inbox" {...props} />}>
              {t('work.inbox')}
            </Anchor>
          </Group>
          <Paper withBorder radius="md" bg="var(--steward-surface)" style={{ overflow: 'hidden' }}>
            {rows}
          </Paper>
        </section>
      )}
    />
  );
}
