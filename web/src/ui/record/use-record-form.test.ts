import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useRecordForm } from './use-record-form';

interface Team extends Record<string, unknown> {
  name: string;
  note: string;
}
type Stored = Team & { version: number };

const toValues = ({ name, note }: Stored): Team => ({ name, note });

function open(record: Stored) {
  const answers: ((saved: Stored) => void)[] = [];
  const props = (shown: Stored) => ({
    record: shown,
    toValues,
    save: () => new Promise<Stored>((resolve) => answers.push(resolve)),
    reload: async () => shown,
    onSaved: () => undefined,
  });
  const { result, rerender } = renderHook(useRecordForm<Stored, Team>, { initialProps: props(record) });
  const submit = () => {
    const event = { preventDefault: () => undefined, stopPropagation: () => undefined };
    // biome-ignore lint/suspicious/noExplicitAny: as much of an event as a form needs.
    result.current.formProps.onSubmit(event as any);
  };
  return { result, show: (next: Stored) => rerender(props(next)), submit, answers };
}

describe('a form over a record', () => {
  it('keeps what is typed while it is being saved, as not saved yet', async () => {
    const { result, submit, answers } = open({ version: 1, name: 'Desk', note: '' });
    act(() => result.current.form.setFieldValue('name', 'Front desk'));
    act(submit);
    act(() => result.current.form.setFieldValue('note', 'Open at eight'));
    await act(async () => answers[0]?.({ version: 2, name: 'Front desk', note: '' }));
    expect(result.current.form.values).toEqual({ name: 'Front desk', note: 'Open at eight' });
    expect(result.current.isDirty).toBe(true);
    act(() => result.current.discard());
    expect(result.current.form.values).toEqual({ name: 'Front desk', note: '' });
  });

  it('shows what others changed, at once or when what was typed is discarded', () => {
    const { result, show } = open({ version: 1, name: 'Desk', note: '' });
    show({ version: 2, name: 'Desk', note: 'Theirs' });
    expect(result.current.form.values.note).toBe('Theirs');
    act(() => result.current.form.setFieldValue('name', 'Mine'));
    show({ version: 3, name: 'Desk', note: 'Theirs again' });
    expect(result.current.form.values).toEqual({ name: 'Mine', note: 'Theirs' });
    act(() => result.current.discard());
    expect(result.current.form.values).toEqual({ name: 'Desk', note: 'Theirs again' });
  });
});
