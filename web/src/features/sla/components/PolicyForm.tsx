import { Button, Select, SimpleGrid, Switch, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type CalendarView,
  deleteSlaPolicy,
  type EscalationRules,
  type FieldView,
  getSlaPolicy,
  getSlaPolicyQueryKey,
  operation,
  type PolicyView,
  type TargetsInput,
  updateSlaPolicy,
} from '@/api';
import { useRights } from '@/features/session/public';
import { LookOnly } from '@/ui/action/LookOnly';
import { ConfirmDialog } from '@/ui/feedback/ConfirmDialog';
import { required } from '@/ui/form/required';
import { Panel } from '@/ui/page/Panel';
import { RecordForm } from '@/ui/record/RecordForm';
import { useRecordForm } from '@/ui/record/use-record-form';
import { ConditionField } from './ConditionField';
import { EscalationEditor } from './EscalationEditor';
import classes from './sla.module.css';
import { TargetsEditor } from './TargetsEditor';
import { PolicyWhatIf } from './what-if/PolicyWhatIf';

interface PolicyValues extends Record<string, unknown> {
  name: string;
  is_active: boolean;
  calendar_id: string;
  condition: Record<string, unknown> | null;
  targets: TargetsInput;
  escalation: EscalationRules;
}

const toValues = (policy: PolicyView): PolicyValues => ({
  name: policy.name,
  is_active: policy.is_active,
  calendar_id: policy.calendar_id,
  condition: policy.condition ? { ...policy.condition } : null,
  targets: policy.targets,
  escalation: policy.escalation,
});

interface PolicyFormProps {
  policy: PolicyView;
  calendars: readonly CalendarView[];
  fields: readonly FieldView[];
}

/** The record of a policy. Saving makes a new version; running clocks keep theirs. */
export function PolicyForm({ policy, calendars, fields }: PolicyFormProps) {
  const { t } = useTranslation(['sla', 'common']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { may } = useRights();
  const [isDeleting, setIsDeleting] = useState(false);
  const [round, setRound] = useState(0);
  const path = { id: policy.id };
  const isReadOnly = !may('sla:manage');
  const refresh = () => {
    for (const name of ['listSlaPolicies', 'previewSlaRecompute']) {
      void client.invalidateQueries({ queryKey: operation(name) });
    }
  };
  const state = useRecordForm<PolicyView, PolicyValues>({
    record: policy,
    toValues,
    validate: { name: required(t('policies.nameMissing')) },
    save: async (body, version) =>
      (await updateSlaPolicy({ path, body, headers: { 'If-Match': `"${version}"` } })).data,
    reload: async () => (await getSlaPolicy({ path })).data,
    onSaved: (saved) => {
      client.setQueryData(getSlaPolicyQueryKey({ path }), saved);
      refresh();
      notifications.show({ message: t('policies.saved'), color: 'teal' });
    },
  });
  const { form } = state;
  const labels: Record<string, string> = {
    name: t('policies.name'),
    is_active: t('policies.active'),
    calendar_id: t('targets.calendar'),
    condition: t('policies.condition'),
    targets: t('targets.title'),
    escalation: t('escalation.title'),
  };
  const show = (field: string, value: unknown) => {
    if (field === 'calendar_id') return calendars.find((calendar) => calendar.id === value)?.name ?? '–';
    if (typeof value === 'boolean') return value ? t('common:form.yes') : t('common:form.no');
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
  const remove = async () => {
    await deleteSlaPolicy({ path });
    refresh();
    await navigate({ to: '/admin/policies' });
  };
  const discard = () => {
    state.discard();
    setRound(round + 1);
  };
  return (
    <RecordForm
      state={{ ...state, discard }}
      labelOf={(field) => labels[field] ?? field}
      show={show}
      isReadOnly={isReadOnly}
      extra={
        <Button variant="subtle" color="red" onClick={() => setIsDeleting(true)}>
          {t('policies.delete')}
        </Button>
      }
    >
      <div className={classes.stack}>
        <Panel title={t('policies.about')}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput
              label={t('policies.name')}
              maxLength={200}
              readOnly={isReadOnly}
              {...form.getInputProps('name')}
            />
            <Select
              label={t('targets.calendar')}
              allowDeselect={false}
              readOnly={isReadOnly}
              data={calendars.map((calendar) => ({ value: calendar.id, label: calendar.name }))}
              {...form.getInputProps('calendar_id')}
            />
          </SimpleGrid>
          <LookOnly isReadOnly={isReadOnly}>
            <Switch
              mt="sm"
              label={t('policies.active')}
              description={t('policies.activeHelp')}
              {...form.getInputProps('is_active', { type: 'checkbox' })}
            />
          </LookOnly>
        </Panel>
        <Panel title={t('policies.condition')} lead={t('policies.conditionHelp')}>
          <ConditionField
            key={`${policy.version}-${round}`}
            fields={fields}
            condition={form.values.condition}
            onChange={(condition) => form.setFieldValue('condition', condition)}
            isReadOnly={isReadOnly}
            error={form.errors.condition}
          />
        </Panel>
        <Panel title={t('targets.title')} lead={t('targets.help')}>
          <TargetsEditor
            key={`${policy.version}-${round}`}
            targets={form.values.targets}
            calendars={calendars}
            onChange={(targets) => form.setFieldValue('targets', targets)}
            isReadOnly={isReadOnly}
          />
        </Panel>
        <Panel title={t('escalation.title')} lead={t('escalation.help')}>
          <EscalationEditor
            rules={form.values.escalation}
            onChange={(escalation) => form.setFieldValue('escalation', escalation)}
            isReadOnly={isReadOnly}
          />
        </Panel>
        {!isReadOnly && policy.agreement === 'sla' && <PolicyWhatIf policy={{ ...policy, ...form.values }} />}
      </div>
      <ConfirmDialog
        isOpen={isDeleting}
        title={t('policies.deleteTitle', { name: policy.name })}
        confirm={t('policies.delete')}
        isDangerous
        onConfirm={remove}
        onClose={() => setIsDeleting(false)}
      >
        {t('policies.deleteHelp')}
      </ConfirmDialog>
    </RecordForm>
  );
}
