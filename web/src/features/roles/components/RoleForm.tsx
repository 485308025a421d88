import { Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { createRole, operation, type RoleView } from '@/api';
import { useRoleName } from '@/features/people/public';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { roleSlug } from '../grants';

interface RoleFormProps {
  roles: readonly RoleView[];
  onClose: () => void;
  onAdded: (role: RoleView) => void;
}

/** A new role, which starts with the rights of another. */
export function RoleForm({ roles, onClose, onAdded }: RoleFormProps) {
  const { t } = useTranslation('roles');
  const client = useQueryClient();
  const roleName = useRoleName();
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { name: '', description: '', like: 'end_user' },
    validate: { name: required(t('nameMissing')) },
    onSubmit: async ({ name, description, like }) => {
      const permissions = roles.find((role) => role.name === like)?.permissions ?? [];
      const { data } = await createRole({
        body: { name: name.replaceAll(/^_+|_+$/g, ''), description: description || undefined, permissions },
      });
      await client.invalidateQueries({ queryKey: operation('listRoles') });
      onClose();
      onAdded(data);
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <TextInput
          label={t('name')}
          description={t('nameHelp')}
          data-autofocus
          {...form.getInputProps('name')}
          onChange={(event) => form.setFieldValue('name', roleSlug(event.currentTarget.value))}
        />
        <Textarea
          label={t('description')}
          maxLength={500}
          autosize
          minRows={2}
          {...form.getInputProps('description')}
        />
        <Select
          label={t('like')}
          description={t('likeHelp')}
          allowDeselect={false}
          data={roles.map((role) => ({ value: role.name, label: roleName(role.name) }))}
          {...form.getInputProps('like')}
        />
      </Stack>
      <FormButtons submit={t('add')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}
