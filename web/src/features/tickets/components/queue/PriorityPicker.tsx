import { Button, Divider, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { refusalWords } from '@/ui/feedback/problem-words';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { type EditConflict, useEdit } from '../../hooks/use-edit';
import { actionFor, isLevel, isPriority, LEVELS, PRIORITIES } from '../../model';
import { EditConflictDialog } from '../EditConflictDialog';
import { PriorityMark } from '../PriorityMark';

interface PriorityPickerProps {
  ticket: TicketView;
  onClose: () => void;
}

/** Impact and urgency make the priority; who knows better sets it by hand and says why. */
export function PriorityPicker({ ticket, onClose }: PriorityPickerProps) {
  const { t } = useTranslation('tickets');
  const [conflict, setConflict] = useState<EditConflict | null>(null);
  const { mutate, mutateAsync } = useEdit(ticket, setConflict);
  const { form, formProps, isSubmitting } = useAppForm<{ priority: string; reason: string }>({
    initialValues: { priority: ticket.priority, reason: ticket.priority_reason ?? '' },
    validate: { reason: required(t('dialog.reasonMissing')) },
    onSubmit: async ({ priority, reason }) => {
      if (!isPriority(priority)) return;
      await mutateAsync({ edit: { field: 'priority', value: priority, reason } });
      onClose();
    },
  });
  const told = actionFor(ticket, 'update');
  if (!told?.allowed) return <Text size="sm">{refusalWords(told) ?? t('page.readOnly')}</Text>;
  const level = (field: 'impact' | 'urgency') => (
    <div>
      <Text size="xs" c="dimmed" mb={2}>
        {t(`field.${field}`)}
      </Text>
      <SegmentedControl
        fullWidth
        aria-label={t(`field.${field}`)}
        data-autofocus={field === 'impact' || undefined}
        value={ticket[field]}
        data={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))}
        onChange={(value) => isLevel(value) && mutate({ edit: { field, value } })}
      />
    </div>
  );
  return (
    <Stack gap="xs" w={280}>
      {level('impact')}
      {level('urgency')}
      <Text size="sm" component="div">
        <PriorityMark priority={ticket.priority} />
      </Text>
      <Divider label={t('priorityForm.byHand')} />
      <form {...formProps}>
        <Stack gap="xs">
          <Select
            label={t('field.priority')}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            data={PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) }))}
            {...form.getInputProps('priority')}
          />
          <TextInput
            label={t('priorityForm.reason')}
            description={t('priorityForm.reasonHelp')}
            maxLength={1000}
            {...form.getInputProps('reason')}
          />
          <Button type="submit" variant="default" loading={isSubmitting}>
            {t('priorityForm.set')}
          </Button>
        </Stack>
      </form>
      <EditConflictDialog
        conflict={conflict}
        onClose={() => setConflict(null)}
        onApply={(found) => {
          mutate({ edit: found.edit, seen: found.theirs });
          setConflict(null);
        }}
      />
    </Stack>
  );
}
