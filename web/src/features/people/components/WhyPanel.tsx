import { Alert, Anchor, Collapse, Select, Stack, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listPermissionsOptions, listRolesOptions, listUserPermissionsOptions, type UserView } from '@/api';
import { usePermissionWord } from '@/features/session/public';
import { IconCancelled, IconCheck, IconChevronDown } from '@/ui/icons';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { useRoleName } from '../hooks/use-role-name';
import { isScope } from '../scope';
import classes from './people.module.css';

/** Why someone may do something, or may not: the roles that give it, and those that would. */
export function WhyPanel({ user }: { user: UserView }) {
  const { t } = useTranslation('people');
  const roleName = useRoleName();
  const permissionWord = usePermissionWord();
  const [wanted, setWanted] = useState<string | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const rights = useQuery(listUserPermissionsOptions({ path: { id: user.id } }));
  const vocabulary = useQuery({ ...listPermissionsOptions(), staleTime: 300_000 });
  const roles = useQuery({ ...listRolesOptions(), staleTime: 60_000 });
  const name = user.name;
  const found = rights.data?.data.find((right) => right.name === wanted);
  const asked = vocabulary.data?.data.find((permission) => permission.name === wanted);
  const what = asked ? permissionWord(asked) : '';
  const would = (roles.data?.data ?? []).filter((role) =>
    role.permissions.some((grant) => grant.startsWith(`${wanted}:`)),
  );
  const scopeWord = (scope: string) => (isScope(scope) ? t(`scope.${scope}`) : scope);
  return (
    <Panel title={t('why.title', { name })} lead={t('why.lead')}>
      {rights.isError && <ErrorState error={rights.error} onRetry={() => void rights.refetch()} />}
      {rights.isPending && <SkeletonRows rows={3} />}
      {rights.data?.awaits_second_factor && (
        <Alert color="orange" mb="sm">
          {t('why.awaits', { name })}
        </Alert>
      )}
      {rights.data && (
        <Stack gap="sm">
          <Select
            label={t('why.question')}
            placeholder={t('why.choose')}
            searchable
            data={(vocabulary.data?.data ?? []).map((permission) => ({
              value: permission.name,
              label: permissionWord(permission),
            }))}
            value={wanted}
            onChange={setWanted}
          />
          <div role="status">
            {wanted && found && (
              <Alert color="teal" icon={<IconCheck aria-hidden size={18} />} title={t('why.yes', { name })}>
                <Text size="sm">{t('why.reach', { what, scope: scopeWord(found.scope) })}</Text>
                <ul className={classes.rows}>
                  {found.roles.map((role) => (
                    <li key={role.id}>
                      <Anchor
                        size="sm"
                        renderRoot={(props) => <Link to="/admin/roles/$id" params={{ id: role.id }} {...props} />}
                      >
                        {roleName(role.name)}
                      </Anchor>
                      : {scopeWord(role.scope)}
                    </li>
                  ))}
                </ul>
              </Alert>
            )}
            {wanted && !found && (
              <Alert color="gray" icon={<IconCancelled aria-hidden size={18} />} title={t('why.no', { name })}>
                {would.length > 0
                  ? t('why.would', { roles: would.map((role) => roleName(role.name)).join(', ') })
                  : t('why.nobody')}
              </Alert>
            )}
          </div>
          <UnstyledButton fz="sm" fw={550} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            <IconChevronDown aria-hidden size={14} /> {t('why.all', { count: rights.data.data.length })}
          </UnstyledButton>
          <Collapse expanded={isOpen}>
            <ul className={classes.rows}>
              {rights.data.data.map((right) => (
                <li key={right.name}>
                  <Text size="sm">{permissionWord(right)}</Text>
                  <Text size="xs" c="dimmed">
                    {scopeWord(right.scope)} · {right.roles.map((role) => roleName(role.name)).join(', ')}
                  </Text>
                </li>
              ))}
            </ul>
          </Collapse>
        </Stack>
      )}
    </Panel>
  );
}
