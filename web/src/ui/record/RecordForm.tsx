import { Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusable } from '../action/Refusable';
import { FormProblem } from '../form/FormProblem';
import { ChoiceDialog } from './ChoiceDialog';
import classes from './record.module.css';
import { UnsavedGuard } from './UnsavedGuard';
import type { useRecordForm } from './use-record-form';

interface RecordFormProps<Values extends Record<string, unknown>> {
  state: ReturnType<typeof useRecordForm<{ version: number }, Values>>;
  labelOf: (field: string) => string;
  /** A value in words; needed where it is no plain text. */
  show?: (field: string, value: unknown) => string;
  children: ReactNode;
  /** More buttons beside Save. */
  extra?: ReactNode;
  isReadOnly?: boolean;
}

function plain(_field: string, value: unknown): string {
  if (Array.isArray(value)) return value.join(', ') || '–';
  return value === null || value === undefined || value === '' ? '–' : String(value);
}

/** The frame of a form over a record: problems, fields, save and discard, the guards. */
export function RecordForm<Values extends Record<string, unknown>>(props: RecordFormProps<Values>) {
  const { state, show = plain } = props;
  const { t } = useTranslation();
  const noteId = useId();
  return (
    <form {...state.formProps} aria-describedby={props.isReadOnly ? noteId : undefined}>
      <Stack gap="sm">
        <FormProblem problem={state.problem} />
        {props.children}
      </Stack>
      {props.isReadOnly && (
        <Text id={noteId} size="xs" c="dimmed" mt="md">
          {t('refused.readOnly')}
        </Text>
      )}
      {!props.isReadOnly && (
        <Group mt="md" gap="sm" className={classes.bar} data-dirty={state.isDirty || undefined}>
          <Refusable reason={state.isDirty || state.isSubmitting ? null : t('refused.nothingChanged')}>
            <Button type="submit" loading={state.isSubmitting}>
              {t('form.save')}
            </Button>
          </Refusable>
          {state.isDirty && (
            <Button variant="default" onClick={state.discard}>
              {t('unsaved.discard')}
            </Button>
          )}
          {props.extra}
          <Text size="xs" c="dimmed" role="status">
            {state.isDirty ? t('unsaved.mark') : ''}
          </Text>
        </Group>
      )}
      <UnsavedGuard isDirty={state.isDirty} />
      {state.conflict && (
        <ChoiceDialog
          conflict={state.conflict}
          labelOf={props.labelOf}
          show={show}
          onDecide={state.decide}
          onClose={state.dismiss}
        />
      )}
    </form>
  );
}
