import { Button, Checkbox, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteRole, getRole, getRoleQueryKey, operation, type RoleView, updateRole } from '@/api';
import { useRoleName } from '@/features/people/public';
import { useRights } from '@/features/session/public';
import { LookOnly } from '@/ui/action/LookOnly';
import { ConfirmDialog } from '@/ui/feedback/ConfirmDialog';
import { Panel } from '@/ui/page/Panel';
import { RecordForm } from '@/ui/record/RecordForm';
import { useRecordForm } from '@/ui/record/use-record-form';
import { useGrantWords } from '../hooks/use-grant-words';
import { useRoleDescription } from '../hooks/use-role-description';
import { EffectPanel } from './EffectPanel';
import { GrantEditor } from './GrantEditor';
import classes from './roles.module.css';

interface RoleValues extends Record<string, unknown> {
  name: string;
  description: string;
  permissions: string[];
  requires_mfa: boolean;
}

/** The form over a role; beside it stands what a change would do to whom. */
export function RoleEditor({ role }: { role: RoleView }) {
  const { t } = useTranslation(['roles', 'common']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { may } = useRights();
  const roleName = useRoleName();
  const { grantWord } = useGrantWords();
  const [isDeleting, setIsDeleting] = useState(false);
  const descriptionOf = useRoleDescription();
  const path = { id: role.id };
  const isReadOnly = !may('role:manage');
  const state = useRecordForm<RoleView, RoleValues>({
    record: role,
    // Only what is changed is sent, so a description in the reader's language is not kept by looking at it.
    toValues: (stored) => ({
      name: stored.name,
      description: descriptionOf(stored),
      permissions: stored.permissions.toSorted(),
      requires_mfa: stored.requires_mfa,
    }),
    save: async (changes, version) =>
      (await updateRole({ path, body: changes, headers: { 'If-Match': `"${version}"` } })).data,
    reload: async () => (await getRole({ path })).data,
    onSaved: (saved) => {
      client.setQueryData(getRoleQueryKey({ path }), saved);
      for (const name of ['listRoles', 'listUserPermissions', 'listUsers']) {
        void client.invalidateQueries({ queryKey: operation(name) });
      }
      notifications.show({ message: t('saved'), color: 'teal' });
    },
  });
  const { form } = state;
  const labels: Record<string, string> = {
    name: t('name'),
    description: t('description'),
    permissions: t('rights'),
    requires_mfa: t('mfa'),
  };
  const show = (_field: string, value: unknown) => {
    if (Array.isArray(value)) return value.map((grant) => grantWord(String(grant))).join('; ') || '–';
    if (typeof value === 'boolean') return value ? t('common:form.yes') : t('common:form.no');
    return String(value ?? '') || '–';
  };
  const remove = async () => {
    await deleteRole({ path });
    await client.invalidateQueries({ queryKey: operation('listRoles') });
    notifications.show({ message: t('deleted', { name: roleName(role.name) }), color: 'teal' });
    await navigate({ to: '/admin/roles' });
  };
  return (
    <RecordForm
      state={state}
      labelOf={(field) => labels[field] ?? field}
      show={show}
      isReadOnly={isReadOnly}
      extra={
        !role.is_system && (
          <Button variant="subtle" color="red" onClick={() => setIsDeleting(true)}>
            {t('delete')}
          </Button>
        )
      }
    >
      <div className={classes.columns}>
        <div className={classes.stack}>
          <Panel title={t('about')}>
            <Stack gap="sm">
              {!role.is_system && <TextInput label={t('name')} readOnly={isReadOnly} {...form.getInputProps('name')} />}
              <Textarea
                label={t('description')}
                autosize
                minRows={2}
                maxLength={500}
                readOnly={isReadOnly}
                {...form.getInputProps('description')}
              />
              <LookOnly isReadOnly={isReadOnly}>
                <Checkbox
                  size="sm"
                  label={t('mfa')}
                  description={t('mfaHelp')}
                  {...form.getInputProps('requires_mfa', { type: 'checkbox' })}
                />
              </LookOnly>
            </Stack>
          </Panel>
          <GrantEditor
            grants={form.values.permissions}
            saved={role.permissions}
            onChange={(permissions) => form.setFieldValue('permissions', permissions)}
            isReadOnly={isReadOnly}
            error={form.errors.permissions}
          />
        </div>
        <EffectPanel role={role} permissions={form.values.permissions} />
      </div>
      <ConfirmDialog
        isOpen={isDeleting}
        title={t('deleteTitle', { name: roleName(role.name) })}
        confirm={t('delete')}
        isDangerous
        onConfirm={remove}
        onClose={() => setIsDeleting(false)}
      >
        <Text size="sm">{role.member_count > 0 ? t('deleteHeld', { count: role.member_count }) : t('deleteHelp')}</Text>
      </ConfirmDialog>
    </RecordForm>
  );
}
