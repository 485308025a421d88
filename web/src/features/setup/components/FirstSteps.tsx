import { Button, Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getOwnOrganizationOptions, listTeamsOptions, type TeamView } from '@/api';
import { ExampleOrganization } from '@/features/operations/public';
import { useMe } from '@/features/session/public';
import { PageTitle } from '@/ui/page/PageTitle';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { AgentStep } from './AgentStep';
import { LaterSteps } from './LaterSteps';
import classes from './setup.module.css';
import { TeamStep } from './TeamStep';
import { TicketStep } from './TicketStep';

/** After setting up: a team, a colleague, the first ticket. Each can be left for later. */
export function FirstSteps() {
  const { t } = useTranslation(['setup', 'example']);
  const me = useMe();
  const organization = useQuery(getOwnOrganizationOptions());
  const teams = useQuery(listTeamsOptions());
  const [made, setMade] = useState<TeamView | null>(null);
  const [isReported, setIsReported] = useState(false);
  const team = made ?? teams.data?.data[0] ?? null;
  return (
    <div className={classes.page}>
      <PageTitle fz={26}>{t('first.title')}</PageTitle>
      {organization.data && <Text c="dimmed">{t('first.lead', { organization: organization.data.name })}</Text>}
      {teams.isError ? (
        <ErrorState error={teams.error} onRetry={() => void teams.refetch()} />
      ) : (
        <ol className={classes.steps}>
          <TeamStep team={team} onMade={setMade} />
          <AgentStep team={team} />
          <TicketStep team={team} onReported={() => setIsReported(true)} />
        </ol>
      )}
      {isReported && (
        <section aria-label={t('first.done')}>
          <Title order={2} fz={18} mt="xl">
            {t('first.done')}
          </Title>
          <Text c="dimmed">{t('first.doneHelp')}</Text>
          <Group mt="sm">
            <Button size="sm" renderRoot={(props) => <Link to="/agent" {...props} />}>
              {t('first.console')}
            </Button>
            <Button
              size="sm"
              variant="default"
              renderRoot={(props) => <Link to="/help/$page" params={{ page: 'admin-guide' }} {...props} />}
            >
              {t('first.guide')}
            </Button>
          </Group>
        </section>
      )}
      <LaterSteps first={4} />
      {me.is_operator && (
        <Panel title={t('example:title')} lead={t('example:lead')} mt="md">
          <ExampleOrganization />
        </Panel>
      )}
    </div>
  );
}
