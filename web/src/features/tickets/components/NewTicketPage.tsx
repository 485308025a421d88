import { Container, Paper, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { createIncident, getUserOptions, operation } from '@/api';
import { PersonSelect, useTeamChoices } from '@/features/people/public';
import { useMe } from '@/features/session/public';
import { draftKey } from '@/lib/draft';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useDraft } from '@/ui/form/use-draft';
import { PageTitle } from '@/ui/page/PageTitle';
import { fieldValues, missingFields, readFieldDrafts, startOfFields } from '../custom-fields';
import { useCustomFields } from '../hooks/use-custom-fields';
import { isLevel, LEVELS } from '../model';
import { CustomFieldInputs } from './CustomFieldInputs';

const EMPTY = {
  title: '',
  description: '',
  requester_id: '',
  impact: 'medium',
  urgency: 'medium',
  team_id: '',
  assignee_id: '',
  custom: '',
};

/** An incident that an agent takes down for someone. What is typed survives leaving the page. */
export function NewTicketPage() {
  const { t } = useTranslation(['tickets', 'common']);
  const me = useMe();
  const router = useRouter();
  const client = useQueryClient();
  const teams = useTeamChoices();
  const fields = useCustomFields('incident');
  const draftsOf = (text: string | null) => startOfFields(fields, readFieldDrafts(text ?? ''));
  const { draft, change, forget } = useDraft(draftKey(me.id, 'new-incident'), EMPTY);
  const { form, formProps, problem, isSubmitting } = useAppForm<Record<keyof typeof EMPTY, string | null>>({
    initialValues: draft,
    validate: {
      title: required(t('report.titleMissing')),
      custom: (text) => (missingFields(fields, draftsOf(text)).length > 0 ? t('common:form.required') : null),
    },
    onValuesChange: (values) =>
      change(Object.fromEntries(Object.entries(values).map(([name, text]) => [name, text ?? '']))),
    onSubmit: async (values) => {
      const body = {
        title: (values.title ?? '').trim(),
        description: values.description || undefined,
        impact: isLevel(values.impact) ? values.impact : undefined,
        urgency: isLevel(values.urgency) ? values.urgency : undefined,
        requester_id: values.requester_id || undefined,
        team_id: values.team_id || undefined,
        assignee_id: values.assignee_id || undefined,
        custom_fields: fields.length > 0 ? fieldValues(fields, draftsOf(values.custom)) : undefined,
      };
      const { data } = await createIncident({ body });
      forget();
      notifications.show({ message: t('report.created', { number: data.number }), color: 'teal' });
      void client.invalidateQueries({ queryKey: operation('listTickets') });
      await router.navigate({ to: '/agent/incidents/$key', params: { key: data.number } });
    },
  });
  const requester = usePerson(form.values.requester_id);
  const assignee = usePerson(form.values.assignee_id);
  const levels = LEVELS.map((level) => ({ value: level, label: t(`level.${level}`) }));
  const select = {
    searchable: true,
    clearable: true,
    clearButtonProps: { 'aria-label': t('common:filter.clear') },
    nothingFoundMessage: t('common:form.nothingFound'),
  };
  return (
    <Container size="sm" py="md" ms={0}>
      <PageTitle mb="md">{t('report.title')}</PageTitle>
      <Paper withBorder p="lg" radius="md" bg="var(--steward-surface)">
        <form {...formProps}>
          <Stack gap="md">
            <FormProblem problem={problem} />
            <PersonSelect
              label={t('report.requester')}
              description={t('report.requesterHelp')}
              placeholder={me.name}
              {...form.getInputProps('requester_id')}
              value={form.values.requester_id || null}
              current={requester}
            />
            <TextInput label={t('report.titleLabel')} required maxLength={500} {...form.getInputProps('title')} />
            <Textarea
              label={t('report.description')}
              autosize
              minRows={6}
              maxRows={20}
              maxLength={65_536}
              {...form.getInputProps('description')}
            />
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <Select label={t('field.impact')} allowDeselect={false} data={levels} {...form.getInputProps('impact')} />
              <Select
                label={t('field.urgency')}
                allowDeselect={false}
                data={levels}
                {...form.getInputProps('urgency')}
              />
              <Select
                {...select}
                label={t('field.team')}
                placeholder={t('none')}
                data={teams}
                {...form.getInputProps('team_id')}
                value={form.values.team_id || null}
              />
              <PersonSelect
                label={t('field.assignee')}
                placeholder={t('nobody')}
                {...form.getInputProps('assignee_id')}
                value={form.values.assignee_id || null}
                current={assignee}
              />
            </SimpleGrid>
            <CustomFieldInputs
              fields={fields}
              text={form.values.custom ?? ''}
              onText={(text) => form.setFieldValue('custom', text)}
              problem={problem}
              isChecked={form.errors.custom !== undefined}
            />
          </Stack>
          <FormButtons
            submit={t('report.submit')}
            isSubmitting={isSubmitting}
            onCancel={() => void router.navigate({ to: '/agent/tickets' })}
          />
        </form>
      </Paper>
    </Container>
  );
}

/** Who was chosen before the page was left: their name may be none of the first that a search finds. */
function usePerson(id: string | null) {
  const { data } = useQuery({ ...getUserOptions({ path: { id: id ?? '' } }), enabled: Boolean(id), staleTime: 60_000 });
  return data ?? null;
}
