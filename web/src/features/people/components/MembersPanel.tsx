import { Anchor, Badge, Button, Group, Modal, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  addTeamMember,
  listTeamMembersOptions,
  type MemberView,
  operation,
  removeTeamMember,
  type TeamView,
  updateTeamMember,
} from '@/api';
import { useRights } from '@/features/session/public';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { notifyUndo } from '@/ui/feedback/notify-undo';
import { IconAssign, IconTeam } from '@/ui/icons';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { MemberForm } from './MemberForm';
import classes from './people.module.css';

/** Who belongs to a team, and who leads it. */
export function MembersPanel({ team }: { team: TeamView }) {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const { may } = useRights();
  const [isAdding, setIsAdding] = useState(false);
  const query = useQuery(listTeamMembersOptions({ path: { id: team.id } }));
  const members = query.data?.data ?? [];
  const mayManage = may('team:manage');
  const refresh = async () => {
    for (const name of ['listTeamMembers', 'listTeams', 'getTeam']) {
      await client.invalidateQueries({ queryKey: operation(name) });
    }
  };
  const setRole = async ({ user }: MemberView, role: MemberView['role']) => {
    await updateTeamMember({ path: { id: team.id, user_id: user.id }, body: { role } });
    await refresh();
  };
  const changeRole = (member: MemberView) => {
    const next = member.role === 'lead' ? 'member' : 'lead';
    const words = { person: member.user.name, team: team.name };
    setRole(member, next)
      .then(() =>
        notifyUndo(t(next === 'lead' ? 'teams.leads' : 'teams.leadsNoMore', words), () => setRole(member, member.role)),
      )
      .catch(notifyProblem);
  };
  const remove = (member: MemberView) => {
    const path = { id: team.id, user_id: member.user.id };
    const back = async () => {
      await addTeamMember({ path: { id: team.id }, body: { user_id: member.user.id } });
      await setRole(member, member.role);
    };
    removeTeamMember({ path })
      .then(refresh)
      .then(() => notifyUndo(t('teams.memberRemoved', { person: member.user.name, team: team.name }), back))
      .catch(notifyProblem);
  };
  const add = mayManage && (
    <Button leftSection={<IconAssign aria-hidden size={15} />} onClick={() => setIsAdding(true)}>
      {t('teams.addMember')}
    </Button>
  );
  return (
    <Panel title={t('teams.members')} actions={members.length > 0 && add}>
      {query.isPending && <SkeletonRows rows={4} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && members.length === 0 && (
        <PageState icon={IconTeam} title={t('teams.noMembers')} description={t('teams.noMembersHelp')}>
          {add}
        </PageState>
      )}
      <ul className={classes.rows}>
        {members.map((member) => (
          <li key={member.user.id}>
            <Group gap="xs" justify="space-between">
              <Group gap="xs">
                <Anchor
                  size="sm"
                  fw={550}
                  c="inherit"
                  renderRoot={(props) => <Link to="/admin/users/$id" params={{ id: member.user.id }} {...props} />}
                >
                  {member.user.name}
                </Anchor>
                {member.role === 'lead' && <Badge>{t('teams.lead')}</Badge>}
                {!member.is_active && <Badge color="gray">{t('users.inactive')}</Badge>}
              </Group>
              {mayManage && (
                <Group gap="xs">
                  <Button
                    variant="default"
                    aria-label={t(member.role === 'lead' ? 'teams.unleadNamed' : 'teams.leadNamed', {
                      person: member.user.name,
                    })}
                    onClick={() => changeRole(member)}
                  >
                    {member.role === 'lead' ? t('teams.unlead') : t('teams.makeLead')}
                  </Button>
                  <Button
                    variant="default"
                    aria-label={t('teams.removeNamed', { person: member.user.name })}
                    onClick={() => remove(member)}
                  >
                    {t('teams.remove')}
                  </Button>
                </Group>
              )}
            </Group>
          </li>
        ))}
      </ul>
      {members.length > 0 && (
        <Text size="xs" c="dimmed" mt="sm">
          {t('teams.leadHelp')}
        </Text>
      )}
      <Modal opened={isAdding} onClose={() => setIsAdding(false)} title={t('teams.addMemberTo', { team: team.name })}>
        <MemberForm team={team} onClose={() => setIsAdding(false)} />
      </Modal>
    </Panel>
  );
}
