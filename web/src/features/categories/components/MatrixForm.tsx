import { NativeSelect, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getPriorityMatrix, getPriorityMatrixQueryKey, type MatrixView, replacePriorityMatrix } from '@/api';
import { useRights } from '@/features/session/public';
import { LookOnly } from '@/ui/action/LookOnly';
import { Panel } from '@/ui/page/Panel';
import { RecordForm } from '@/ui/record/RecordForm';
import { useRecordForm } from '@/ui/record/use-record-form';
import { cellName, isPriorityWord, LEVELS, type MatrixValues, matrixCells, matrixValues, WORDS } from '../matrix';
import classes from './categories.module.css';

/** Nine cells: the priority for each impact and urgency. */
export function MatrixForm({ matrix }: { matrix: MatrixView }) {
  const { t } = useTranslation(['admin', 'tickets']);
  const client = useQueryClient();
  const { may } = useRights();
  const isReadOnly = !may('priority_matrix:manage');
  const state = useRecordForm<MatrixView, MatrixValues>({
    record: matrix,
    toValues: matrixValues,
    save: async (changes, version) => {
      const cells = matrixCells({ ...matrixValues(matrix), ...changes });
      return (await replacePriorityMatrix({ body: { cells }, headers: { 'If-Match': `"${version}"` } })).data;
    },
    reload: async () => (await getPriorityMatrix()).data,
    onSaved: (saved) => {
      client.setQueryData(getPriorityMatrixQueryKey(), saved);
      notifications.show({ message: t('matrix.saved'), color: 'teal' });
    },
  });
  const nameOf = (impact: (typeof LEVELS)[number], urgency: (typeof LEVELS)[number]) =>
    t('matrix.cell', { impact: t(`tickets:level.${impact}`), urgency: t(`tickets:level.${urgency}`) });
  const labelOf = (field: string) => {
    const cell = LEVELS.flatMap((impact) => LEVELS.map((urgency) => ({ impact, urgency }))).find(
      ({ impact, urgency }) => cellName(impact, urgency) === field,
    );
    return cell ? nameOf(cell.impact, cell.urgency) : field;
  };
  const priority = (word: unknown) => (isPriorityWord(word) ? t(`tickets:priority.${word}`) : '–');
  return (
    <Panel title={t('matrix.table')} lead={matrix.is_default ? t('matrix.default') : undefined}>
      <RecordForm state={state} labelOf={labelOf} show={(_field, value) => priority(value)} isReadOnly={isReadOnly}>
        <table className={classes.matrix}>
          <caption>
            <VisuallyHidden>{t('matrix.title')}</VisuallyHidden>
          </caption>
          <thead>
            <tr>
              <td>
                <Text size="xs" c="dimmed">
                  {t('matrix.corner')}
                </Text>
              </td>
              {LEVELS.map((urgency) => (
                <th key={urgency} scope="col">
                  {t('matrix.urgency', { level: t(`tickets:level.${urgency}`) })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {LEVELS.map((impact) => (
              <tr key={impact}>
                <th scope="row">{t('matrix.impact', { level: t(`tickets:level.${impact}`) })}</th>
                {LEVELS.map((urgency) => (
                  <td key={urgency} data-priority={state.form.values[cellName(impact, urgency)]}>
                    {isReadOnly ? (
                      // A list that opens cannot be read-only; the word alone can.
                      <LookOnly isReadOnly>
                        <TextInput
                          size="xs"
                          readOnly
                          classNames={{ input: classes.cell }}
                          aria-label={nameOf(impact, urgency)}
                          value={priority(state.form.values[cellName(impact, urgency)])}
                        />
                      </LookOnly>
                    ) : (
                      <NativeSelect
                        size="xs"
                        classNames={{ input: classes.cell }}
                        aria-label={nameOf(impact, urgency)}
                        data={WORDS.map((word) => ({ value: word, label: priority(word) }))}
                        {...state.form.getInputProps(cellName(impact, urgency))}
                      />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </RecordForm>
    </Panel>
  );
}
