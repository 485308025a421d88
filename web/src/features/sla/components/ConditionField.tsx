import { Alert, List, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkExpression, type FieldView } from '@/api';
import { ConditionBuilder } from '@/ui/condition-builder/ConditionBuilder';
import { celPlaces, readCondition, writeCondition } from '@/ui/condition-builder/condition';
import { fieldWords } from '@/ui/feedback/problem-words';
import { useConditionWords } from '../hooks/use-condition-words';
import { ConditionValue } from './ConditionValue';

interface ConditionFieldProps {
  fields: readonly FieldView[];
  condition: Record<string, unknown> | null;
  onChange: (condition: Record<string, unknown> | null) => void;
  isReadOnly: boolean;
  error?: ReactNode;
}

const EVERYTHING = { version: 1, all: [] };

/** A condition by clicking; below it stands what it says and how many open tickets it matches now. */
export function ConditionField({ fields, condition, onChange, isReadOnly, error }: ConditionFieldProps) {
  const { t } = useTranslation('sla');
  const words = useConditionWords(fields);
  const [tree, setTree] = useState(() => readCondition(condition));
  const [sought] = useDebouncedValue(condition, 300);
  const check = useQuery({
    queryKey: ['checkExpression', sought],
    queryFn: async () =>
      (await checkExpression({ body: { condition: sought ?? EVERYTHING, without_person: true } })).data,
    placeholderData: keepPreviousData,
    retry: false,
  });
  // A mistake in CEL stands at its text; of a text that is still empty only what is missing is said.
  const places = celPlaces(tree);
  const isInCel = ({ pointer, code }: { pointer: string; code: string }) =>
    code !== 'empty' && places.includes(pointer);
  const errors = check.data?.errors ?? [];
  const celProblems = errors.filter(isInCel).map((problem) => ({
    pointer: problem.pointer,
    message: problem.hint ? `${fieldWords(problem)} (${problem.hint})` : fieldWords(problem),
    line: problem.line,
    column: problem.column,
  }));
  const otherErrors = errors.filter((problem) => !isInCel(problem));
  // A policy has no person who asks, so what needs one is not offered.
  const offered = fields.map((field) => ({
    name: field.name,
    label: words.fieldWord(field.name),
    operators: field.operators
      .filter((operator) => !operator.needs_person)
      .map((operator) => ({ op: operator.op, takes: operator.takes, label: words.operatorWord(operator.op) })),
  }));
  return (
    <>
      <ConditionBuilder
        fields={offered}
        value={tree}
        onChange={(next) => {
          setTree(next);
          onChange(writeCondition(next));
        }}
        renderValue={(test, set, label) => {
          const field = fields.find((each) => each.name === test.field);
          const same = { test, field, label, isReadOnly };
          return <ConditionValue {...same} choices={words.choicesOf(field)} onChange={set} />;
        }}
        celProblems={celProblems}
        isReadOnly={isReadOnly}
      />
      {error && (
        <Text size="sm" c="var(--mantine-color-error)" mt="xs" role="alert">
          {error}
        </Text>
      )}
      <div aria-live="polite" aria-busy={check.isFetching}>
        {check.data?.is_valid && (
          <>
            <Text size="sm" mt="sm" fs="italic">
              {words.sentenceOf(tree, check.data.sentence ?? '')}
            </Text>
            <Text size="sm" c="dimmed">
              {t('condition.matches', { count: check.data.matches ?? 0 })}
              {check.data.is_capped && ` ${t('condition.orMore')}`}
            </Text>
          </>
        )}
        {otherErrors.length > 0 && (
          <Alert color="orange" mt="sm" title={t('condition.unfinished')}>
            <List size="sm">
              {otherErrors.map((problem) => (
                <List.Item key={`${problem.pointer}-${problem.code}`}>
                  {fieldWords(problem)}
                  {problem.hint && ` (${problem.hint})`}
                </List.Item>
              ))}
            </List>
          </Alert>
        )}
      </div>
    </>
  );
}
