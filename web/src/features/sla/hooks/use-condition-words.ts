import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldView } from '@/api';
import { dateFormat, numberFormat } from '@/lib/intl';
import { type Group, type Test, testsOf } from '@/ui/condition-builder/condition';
import { conditionSentence, plainOperator, readDuration } from '../condition-sentence';
import { useConditionChoices } from './use-condition-choices';

const RECORDS = ['person', 'team', 'department', 'site'];

/** Where the words of a field's fixed list stand among the texts of tickets. */
const LISTS: Record<string, string> = {
  kind: 'kind',
  status: 'status',
  priority: 'priority',
  impact: 'level',
  urgency: 'level',
  source: 'source',
  resolution_code: 'resolution',
};

/** The parts of conditions in the reader's language; what a newer server adds keeps the server's word. */
export function useConditionWords(fields: readonly FieldView[]) {
  const { t, i18n } = useTranslation(['sla', 'tickets', 'common']);
  const locale = i18n.language;

  const fieldWord = useCallback(
    (name: string) => {
      const label = fields.find((field) => field.name === name)?.label ?? name;
      return t(`condition.field.${name}`, { defaultValue: label });
    },
    [fields, t],
  );
  const operatorWord = useCallback((op: string) => t(`op.${op}`, { defaultValue: op }), [t]);
  const choiceWord = useCallback(
    (field: string, word: string) => {
      const defaultValue = word.replaceAll('_', ' ');
      const list = LISTS[field];
      if (!list) return t(`condition.level.${word}`, { defaultValue });
      return t(`tickets:${list}.${word === 'service_request' ? 'request' : word}`, { defaultValue });
    },
    [t],
  );
  const choicesOf = useConditionChoices(fields, choiceWord);

  /** Null for a record that is not among the choices, such as someone who has left. */
  const one = (test: Test, value: unknown): string | null => {
    if (typeof value === 'boolean') return value ? t('common:form.yes') : t('common:form.no');
    if (typeof value === 'number') return numberFormat(locale, {}).format(value);
    if (typeof value !== 'string') return '';
    const field = fields.find((each) => each.name === test.field);
    const choice = choicesOf(field)?.find((each) => each.value === value);
    if (choice) return choice.label;
    if (field && RECORDS.includes(field.type)) return null;
    const length = readDuration(value);
    if (length && (test.op === 'within_last' || test.op === 'older_than'))
      return numberFormat(locale, { style: 'unit', unit: length.unit, unitDisplay: 'long' }).format(length.count);
    if (field?.type === 'instant')
      return dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(value));
    return `“${value}”`;
  };
  const valuesOf = (test: Test) => (Array.isArray(test.value) ? test.value : [test.value]);
  const testWord = (test: Test): string => {
    const values = valuesOf(test).map((value) => one(test, value) ?? '');
    const type = test.op === 'contains_all' ? 'conjunction' : 'disjunction';
    const value = new Intl.ListFormat(locale, { type }).format(values);
    return t('condition.says.test', {
      field: fieldWord(test.field),
      op: operatorWord(plainOperator(test)),
      value,
    }).trim();
  };
  const sentenceWords = {
    test: testWord,
    cel: (text: string) => t('condition.says.cel', { text }),
    and: t('condition.says.and'),
    or: t('condition.says.or'),
    none: (parts: string) => t('condition.says.none', { parts }),
    every: t('condition.says.every'),
  };
  /** What the condition says; `fallback` is the server's English, for what only the server can name. */
  const sentenceOf = (tree: Group, fallback: string) => {
    const isNamed = testsOf(tree).every((test) => valuesOf(test).every((value) => one(test, value) !== null));
    return isNamed ? conditionSentence(tree, sentenceWords) : fallback;
  };
  return { fieldWord, operatorWord, choicesOf, sentenceOf };
}
