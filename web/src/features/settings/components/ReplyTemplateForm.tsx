import { Button, Group, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { createReplyTemplate, operation, type ReplyTemplateView, updateReplyTemplate } from '@/api';
import { useTeamChoices } from '@/features/people/public';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { isKind, KINDS } from '../kinds';

/** Places that a ticket fills, with the key of their words. */
const PLACES = [
  ['ticket.number', 'place.ticketNumber'],
  ['ticket.title', 'place.ticketTitle'],
  ['requester.first_name', 'place.requesterFirstName'],
  ['requester.name', 'place.requesterName'],
  ['agent.first_name', 'place.agentFirstName'],
  ['agent.name', 'place.agentName'],
  ['team.name', 'place.teamName'],
] as const;

interface ReplyTemplateFormProps {
  /** The one to change; a new one when null. */
  template: ReplyTemplateView | null;
  onClose: () => void;
}

/** A text with places to fill; a click puts a place where the caret is. */
export function ReplyTemplateForm({ template, onClose }: ReplyTemplateFormProps) {
  const { t } = useTranslation(['settings', 'common']);
  const client = useQueryClient();
  const teams = useTeamChoices();
  const body = useRef<HTMLTextAreaElement>(null);
  const initialValues: { name: string; body: string; team_id: string | null; kind: string | null } = {
    name: template?.name ?? '',
    body: template?.body ?? '',
    team_id: template?.team?.id ?? null,
    kind: template?.kind ?? null,
  };
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues,
    validate: { name: required(t('templates.nameMissing')), body: required(t('templates.bodyMissing')) },
    onSubmit: async (values) => {
      const same = { ...values, name: values.name.trim(), kind: isKind(values.kind) ? values.kind : null };
      if (template) {
        const headers = { 'If-Match': `"${template.version}"` };
        await updateReplyTemplate({ path: { id: template.id }, body: same, headers });
      } else {
        await createReplyTemplate({ body: same });
      }
      await client.invalidateQueries({ queryKey: operation('listReplyTemplates') });
      notifications.show({ message: t('common:form.saved'), color: 'teal' });
      onClose();
    },
  });
  const insert = (place: string) => {
    const { value, selectionStart, selectionEnd } = body.current ?? {
      value: form.values.body,
      selectionStart: form.values.body.length,
      selectionEnd: form.values.body.length,
    };
    const text = `{{${place}}}`;
    form.setFieldValue('body', value.slice(0, selectionStart) + text + value.slice(selectionEnd));
    body.current?.focus();
  };
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <TextInput label={t('templates.name')} maxLength={200} data-autofocus {...form.getInputProps('name')} />
        <Textarea
          ref={body}
          label={t('templates.body')}
          description={t('templates.bodyHelp')}
          maxLength={20_000}
          autosize
          minRows={6}
          maxRows={16}
          {...form.getInputProps('body')}
        />
        <div>
          <Text size="xs" c="dimmed" mb={4}>
            {t('templates.places')}
          </Text>
          <Group gap={6} role="group" aria-label={t('templates.places')}>
            {PLACES.map(([place, words]) => (
              <Button key={place} variant="default" size="compact-xs" onClick={() => insert(place)}>
                {t(words)}
              </Button>
            ))}
          </Group>
        </div>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <Select
            label={t('templates.team')}
            placeholder={t('templates.everyTeam')}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('common:filter.clear') }}
            nothingFoundMessage={t('common:form.nothingFound')}
            data={teams}
            {...form.getInputProps('team_id')}
          />
          <Select
            label={t('kind.label')}
            placeholder={t('kind.every')}
            clearable
            clearButtonProps={{ 'aria-label': t('common:filter.clear') }}
            data={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
            {...form.getInputProps('kind')}
          />
        </SimpleGrid>
      </Stack>
      <FormButtons
        submit={template ? t('common:form.save') : t('templates.add')}
        isSubmitting={isSubmitting}
        onCancel={onClose}
      />
    </form>
  );
}
