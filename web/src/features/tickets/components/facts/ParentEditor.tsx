import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { getTicket, type TicketReference } from '@/api';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';

interface ParentEditorProps {
  parent: TicketReference | null;
  onSave: (parent: TicketReference | null) => void;
}

/** The ticket that this one is a part of, by its number. */
export function ParentEditor({ parent, onSave }: ParentEditorProps) {
  const { t } = useTranslation(['tickets', 'common']);
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { number: parent?.number ?? '' },
    validate: { number: required(t('links.numberMissing')) },
    onSubmit: async ({ number }) => {
      const { data } = await getTicket({ path: { key: number.trim().toUpperCase() } });
      onSave({ id: data.id, number: data.number, title: data.title });
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="xs" w={260}>
        <FormProblem problem={problem} />
        <TextInput
          label={t('field.parent')}
          description={t('links.numberHelp')}
          data-autofocus
          {...form.getInputProps('number')}
        />
        <Group gap="xs" justify="flex-end">
          {parent && (
            <Button variant="default" onClick={() => onSave(null)}>
              {t('links.noParent')}
            </Button>
          )}
          <Button type="submit" loading={isSubmitting}>
            {t('common:form.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
