import type { UseFormInput } from '@mantine/form';
import { useEffect, useState } from 'react';
import { asApiError } from '@/lib/api-error';
import { changesOf, contestedFields } from '@/lib/three-way';
import { useAppForm } from '../form/use-app-form';

interface RecordFormInput<Stored extends { version: number }, Values extends Record<string, unknown>> {
  record: Stored;
  /** What the form shows of a record. */
  toValues: (record: Stored) => Values;
  validate?: UseFormInput<Values>['validate'];
  /** Sends what changed, for the version that was seen. */
  save: (changes: Partial<Values>, version: number) => Promise<Stored>;
  /** The record as it is on the server now. */
  reload: () => Promise<Stored>;
  onSaved: (record: Stored) => void;
}

/** Both sides changed the same fields: what to choose from. */
export interface RecordConflict<Values> {
  fields: string[];
  mine: Partial<Values>;
  theirs: Values;
  version: number;
}

/**
 * A form over a record of the server. Only what changed is sent. Where someone else
 * was faster, changes to other fields go through; the same field is a conflict to decide.
 */
export function useRecordForm<Stored extends { version: number }, Values extends Record<string, unknown>>(
  input: RecordFormInput<Stored, Values>,
) {
  const [base, setBase] = useState(input.record);
  const [conflict, setConflict] = useState<RecordConflict<Values> | null>(null);
  const baseValues = input.toValues(base);

  /** Takes over what the server has; what was typed since `sent` was read stays, not saved yet. */
  const accept = (record: Stored, sent: Values) => {
    setBase(record);
    setConflict(null);
    const values = input.toValues(record);
    const typed = changesOf(sent, form.getValues());
    form.setInitialValues(values);
    form.setValues({ ...values, ...typed });
    form.resetDirty(values);
    input.onSaved(record);
  };

  const send = async (values: Values) => {
    const changes = changesOf(baseValues, values);
    if (Object.keys(changes).length === 0) return;
    try {
      accept(await input.save(changes, base.version), values);
    } catch (error) {
      if (asApiError(error).status !== 412) throw error;
      const theirs = await input.reload();
      const fields = contestedFields(baseValues, values, input.toValues(theirs));
      if (fields.length === 0) accept(await input.save(changes, theirs.version), values);
      else setConflict({ fields, mine: changes, theirs: input.toValues(theirs), version: theirs.version });
    }
  };

  const appForm = useAppForm<Values>({ initialValues: baseValues, validate: input.validate, onSubmit: send });
  const { form } = appForm;
  const isDirty = Object.keys(changesOf(baseValues, form.values)).length > 0;

  // A newer record replaces what is shown, as soon as nothing is typed.
  useEffect(() => {
    if (isDirty || input.record.version <= base.version) return;
    setBase(input.record);
    form.setValues(input.toValues(input.record));
  });

  const decide = async (keepMine: readonly string[]) => {
    if (!conflict) return;
    const kept = Object.entries(conflict.mine).filter(
      ([name]) => !conflict.fields.includes(name) || keepMine.includes(name),
    );
    const chosen = { ...conflict.theirs, ...Object.fromEntries(kept) };
    const changes = changesOf(conflict.theirs, chosen);
    const record = Object.keys(changes).length > 0 ? await input.save(changes, conflict.version) : await input.reload();
    accept(record, form.getValues());
  };

  return {
    ...appForm,
    isDirty,
    discard: () => {
      form.setValues(baseValues);
      form.clearErrors();
    },
    conflict,
    decide,
    dismiss: () => setConflict(null),
  };
}
