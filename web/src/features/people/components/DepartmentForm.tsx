import { Select, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { createDepartment, type DepartmentView, operation, updateDepartment } from '@/api';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useDepartmentChoices } from '../hooks/use-department-choices';
import { PersonSelect } from './PersonSelect';

interface DepartmentFormProps {
  /** The one to change; a new one when null. */
  department: DepartmentView | null;
  onClose: () => void;
}

/** A department: its name, what it is part of, who leads it. */
export function DepartmentForm({ department, onClose }: DepartmentFormProps) {
  const { t } = useTranslation(['people', 'common']);
  const client = useQueryClient();
  const choices = useDepartmentChoices();
  const initialValues: { name: string; parent_id: string | null; manager_id: string | null } = {
    name: department?.name ?? '',
    parent_id: department?.parent?.id ?? null,
    manager_id: department?.manager?.id ?? null,
  };
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues,
    validate: { name: required(t('departments.nameMissing')) },
    onSubmit: async (values) => {
      if (department) {
        const headers = { 'If-Match': `"${department.version}"` };
        await updateDepartment({ path: { id: department.id }, body: values, headers });
      } else {
        await createDepartment({ body: values });
      }
      await client.invalidateQueries({ queryKey: operation('listDepartments') });
      const message = department ? t('common:form.saved') : t('departments.added', { name: values.name });
      notifications.show({ message, color: 'teal' });
      onClose();
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <TextInput label={t('departments.name')} maxLength={100} data-autofocus {...form.getInputProps('name')} />
        <Select
          label={t('departments.parent')}
          placeholder={t('common:form.none')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('common:filter.clear') }}
          nothingFoundMessage={t('common:form.nothingFound')}
          data={choices.filter((choice) => choice.value !== department?.id)}
          {...form.getInputProps('parent_id')}
        />
        <PersonSelect
          label={t('departments.manager')}
          placeholder={t('common:form.none')}
          current={department?.manager}
          {...form.getInputProps('manager_id')}
        />
      </Stack>
      <FormButtons
        submit={department ? t('common:form.save') : t('departments.add')}
        isSubmitting={isSubmitting}
        onCancel={onClose}
      />
    </form>
  );
}
