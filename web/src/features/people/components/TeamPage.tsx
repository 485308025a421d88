import { Select, Stack, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getTeam, getTeamOptions, getTeamQueryKey, operation, type TeamView, updateTeam } from '@/api';
import { useRights } from '@/features/session/public';
import { required } from '@/ui/form/required';
import { PageHead } from '@/ui/page/PageHead';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { RecordForm } from '@/ui/record/RecordForm';
import { useRecordForm } from '@/ui/record/use-record-form';
import { STRATEGIES, useStrategyName } from '../hooks/use-strategy-name';
import { MembersPanel } from './MembersPanel';
import classes from './people.module.css';

/** One team: what it looks after, how tickets reach its members, and who they are. */
export function TeamPage({ id }: { id: string }) {
  const { t } = useTranslation(['people', 'common']);
  const query = useQuery(getTeamOptions({ path: { id } }));
  const team = query.data;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} isPage />;
  if (!team) return <SkeletonRows />;
  return (
    <div className={classes.detail}>
      <PageHead
        title={team.name}
        crumbs={[
          { label: t('common:admin.home'), to: '/admin' },
          { label: t('teams.title'), to: '/admin/teams' },
        ]}
        lead={team.description}
      />
      <div className={classes.columns}>
        <MembersPanel team={team} />
        <TeamRecord team={team} />
      </div>
    </div>
  );
}

interface TeamValues extends Record<string, unknown> {
  name: string;
  description: string;
  assignment_strategy: string;
}

const BY_HAND = 'none';
const toValues = (team: TeamView): TeamValues => ({
  name: team.name,
  description: team.description,
  assignment_strategy: team.assignment_strategy ?? BY_HAND,
});

function TeamRecord({ team }: { team: TeamView }) {
  const { t } = useTranslation(['people', 'common']);
  const client = useQueryClient();
  const { may } = useRights();
  const strategyName = useStrategyName();
  const path = { id: team.id };
  const isReadOnly = !may('team:manage');
  const state = useRecordForm<TeamView, TeamValues>({
    record: team,
    toValues,
    validate: { name: required(t('teams.nameMissing')) },
    save: async ({ assignment_strategy, ...same }, version) => {
      const strategy = assignment_strategy === BY_HAND ? null : assignment_strategy;
      const body = { ...same, ...(assignment_strategy !== undefined && { assignment_strategy: strategy }) };
      return (await updateTeam({ path, body, headers: { 'If-Match': `"${version}"` } })).data;
    },
    reload: async () => (await getTeam({ path })).data,
    onSaved: (saved) => {
      client.setQueryData(getTeamQueryKey({ path }), saved);
      void client.invalidateQueries({ queryKey: operation('listTeams') });
      notifications.show({ message: t('common:form.saved'), color: 'teal' });
    },
  });
  const labels: Record<string, string> = {
    name: t('teams.name'),
    description: t('teams.description'),
    assignment_strategy: t('teams.strategy'),
  };
  const { form } = state;
  return (
    <Panel title={t('teams.about')}>
      <RecordForm
        state={state}
        labelOf={(field) => labels[field] ?? field}
        show={(field, value) => (field === 'assignment_strategy' ? strategyName(String(value)) : String(value))}
        isReadOnly={isReadOnly}
      >
        <Stack gap="sm">
          <TextInput label={t('teams.name')} maxLength={100} readOnly={isReadOnly} {...form.getInputProps('name')} />
          <Textarea
            label={t('teams.description')}
            maxLength={1000}
            autosize
            minRows={2}
            readOnly={isReadOnly}
            {...form.getInputProps('description')}
          />
          <Select
            label={t('teams.strategy')}
            description={t('teams.strategyHelp')}
            allowDeselect={false}
            readOnly={isReadOnly}
            data={[BY_HAND, ...STRATEGIES].map((word) => ({ value: word, label: strategyName(word) }))}
            {...form.getInputProps('assignment_strategy')}
          />
        </Stack>
      </RecordForm>
    </Panel>
  );
}
