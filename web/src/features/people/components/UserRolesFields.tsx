import { Checkbox, SimpleGrid, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listRolesOptions } from '@/api';
import { LookOnly } from '@/ui/action/LookOnly';
import { Panel } from '@/ui/page/Panel';
import { useRoleName } from '../hooks/use-role-name';
import type { UserFieldsProps } from './UserWhoFields';

/** The roles of a person, each with what it is for. */
export function UserRolesFields({ form, mayManage }: UserFieldsProps & { mayManage: boolean }) {
  const { t } = useTranslation('people');
  const roleName = useRoleName();
  const { data } = useQuery({ ...listRolesOptions(), staleTime: 60_000 });
  const held = form.values.roles;
  const toggle = (name: string, isHeld: boolean) =>
    form.setFieldValue('roles', (isHeld ? [...held, name] : held.filter((role) => role !== name)).toSorted());
  return (
    <Panel title={t('users.roles')} lead={mayManage ? t('users.rolesHelp') : t('users.rolesFixed')}>
      <SimpleGrid
        cols={{ base: 1, xs: 2 }}
        spacing="sm"
        verticalSpacing={10}
        role="group"
        aria-label={t('users.roles')}
      >
        {(data?.data ?? []).map((role) => (
          <LookOnly key={role.id} isReadOnly={!mayManage} reason={t('users.rolesFixed')}>
            <Checkbox
              size="sm"
              label={roleName(role.name)}
              description={role.description}
              checked={held.includes(role.name)}
              onChange={(event) => toggle(role.name, event.currentTarget.checked)}
            />
          </LookOnly>
        ))}
      </SimpleGrid>
      {form.errors.roles && (
        <Text size="xs" c="var(--mantine-color-error)" mt={6} role="alert">
          {form.errors.roles}
        </Text>
      )}
    </Panel>
  );
}
