import { ActionIcon, Button, NativeSelect, Group as Row, Select, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LookOnly } from '../action/LookOnly';
import { IconClose, IconPlus } from '../icons';
import { type CelProblem, CelRow } from './CelRow';
import { addNode, changeNode, type Group, MODES, type Node, newCel, newGroup, newTest, type Test } from './condition';
import classes from './condition-builder.module.css';

export interface BuilderOperator {
  op: string;
  label: string;
  /** `nothing`, `one`, `list`, `duration`. */
  takes: string;
}

export interface BuilderField {
  name: string;
  label: string;
  operators: readonly BuilderOperator[];
}

interface ConditionBuilderProps {
  fields: readonly BuilderField[];
  value: Group;
  onChange: (value: Group) => void;
  /** The control for what a test compares with. */
  renderValue: (test: Test, onChange: (value: unknown) => void, label: string) => ReactNode;
  /** Mistakes of the texts in CEL; without, none can be added. */
  celProblems?: readonly CelProblem[];
  isReadOnly?: boolean;
}

const DEEPEST = 4;

/** Groups of tests: all, any or none of them. Nothing at all is true of everything. */
export function ConditionBuilder(props: ConditionBuilderProps) {
  return <GroupBox {...props} group={props.value} depth={1} at="" />;
}

interface GroupBoxProps extends ConditionBuilderProps {
  group: Group;
  depth: number;
  /** Where the group stands (JSON Pointer). */
  at: string;
}

function GroupBox(props: GroupBoxProps) {
  const { group, depth, at, value, onChange, fields, celProblems, isReadOnly } = props;
  const { t } = useTranslation();
  const first = fields[0];
  const setMode = (mode: string) => {
    const next = MODES.find((each) => each === mode);
    if (!next) return;
    if (group.id === value.id) onChange({ ...value, mode: next });
    else onChange(changeNode(value, group.id, (node) => ('mode' in node ? { ...node, mode: next } : node)));
  };
  const add = (node: Node) => onChange(addNode(value, group.id, node));
  const blank = () => first && newTest(first.name, first.operators[0]?.op ?? 'eq');
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>
        {isReadOnly ? (
          // A list that opens cannot be read-only; the word alone can.
          <LookOnly isReadOnly>
            <TextInput readOnly aria-label={t('condition.mode')} value={t(`condition.${group.mode}`)} />
          </LookOnly>
        ) : (
          <NativeSelect
            aria-label={t('condition.mode')}
            value={group.mode}
            onChange={(event) => setMode(event.currentTarget.value)}
            data={MODES.map((mode) => ({ value: mode, label: t(`condition.${mode}`) }))}
          />
        )}
        {depth > 1 && !isReadOnly && (
          <ActionIcon
            aria-label={t('condition.removeGroup')}
            onClick={() => onChange(changeNode(value, group.id, () => null))}
          >
            <IconClose aria-hidden size={15} />
          </ActionIcon>
        )}
      </legend>
      {group.parts.length === 0 && (
        <Text size="sm" c="dimmed">
          {t(depth === 1 ? 'condition.everything' : 'condition.emptyGroup')}
        </Text>
      )}
      {group.parts.map((part, index) => {
        const place = `${at}/${group.mode}/${index}`;
        if ('mode' in part) return <GroupBox key={part.id} {...props} group={part} depth={depth + 1} at={place} />;
        if ('test' in part) return <TestRow key={part.id} {...props} id={part.id} test={part.test} />;
        return (
          <CelRow
            key={part.id}
            text={part.cel}
            problems={(celProblems ?? []).filter((problem) => problem.pointer === `${place}/cel`)}
            onChange={(cel) => onChange(changeNode(value, part.id, (node) => ({ id: node.id, cel })))}
            onRemove={() => onChange(changeNode(value, part.id, () => null))}
            isReadOnly={isReadOnly}
          />
        );
      })}
      {!isReadOnly && (
        <Row gap="xs">
          <Button
            variant="default"
            leftSection={<IconPlus aria-hidden size={14} />}
            onClick={() => {
              const test = blank();
              if (test) add(test);
            }}
          >
            {t('condition.addTest')}
          </Button>
          {depth < DEEPEST && (
            <Button
              variant="subtle"
              onClick={() => {
                const test = blank();
                add(newGroup(group.mode === 'any' ? 'all' : 'any', test ? [test] : []));
              }}
            >
              {t('condition.addGroup')}
            </Button>
          )}
          {celProblems && (
            <Button variant="subtle" onClick={() => add(newCel())}>
              {t('condition.addCel')}
            </Button>
          )}
        </Row>
      )}
    </fieldset>
  );
}

interface TestRowProps extends ConditionBuilderProps {
  id: number;
  test: Test;
}

function TestRow({ id, test, fields, value, onChange, renderValue, isReadOnly }: TestRowProps) {
  const { t } = useTranslation();
  const field = fields.find((each) => each.name === test.field);
  const set = (next: Test) => onChange(changeNode(value, id, (node) => ({ id: node.id, test: next })));
  const takes = (op: string) => field?.operators.find((each) => each.op === op)?.takes;
  const setField = (name: string | null) => {
    const next = fields.find((each) => each.name === name);
    if (next) set({ field: next.name, op: next.operators[0]?.op ?? 'eq' });
  };
  const setOperator = (op: string | null) => {
    if (!op) return;
    const keepsValue = takes(op) === takes(test.op) && takes(op) !== 'nothing';
    set({ field: test.field, op, ...(keepsValue && { value: test.value }) });
  };
  return (
    <div className={classes.test}>
      <LookOnly isReadOnly={isReadOnly === true}>
        <Select
          aria-label={t('condition.field')}
          searchable
          allowDeselect={false}
          readOnly={isReadOnly}
          nothingFoundMessage={t('form.nothingFound')}
          data={fields.map((each) => ({ value: each.name, label: each.label }))}
          value={test.field}
          onChange={setField}
        />
      </LookOnly>
      <LookOnly isReadOnly={isReadOnly === true}>
        <Select
          aria-label={t('condition.operator')}
          allowDeselect={false}
          readOnly={isReadOnly}
          data={(field?.operators ?? []).map((each) => ({ value: each.op, label: each.label }))}
          value={test.op}
          onChange={setOperator}
        />
      </LookOnly>
      <div className={classes.value}>
        {takes(test.op) !== 'nothing' &&
          renderValue(test, (next) => set({ ...test, value: next }), `${t('condition.value')}: ${field?.label ?? ''}`)}
      </div>
      {!isReadOnly && (
        <ActionIcon
          aria-label={t('condition.removeTest', { field: field?.label ?? test.field })}
          onClick={() => onChange(changeNode(value, id, () => null))}
        >
          <IconClose aria-hidden size={15} />
        </ActionIcon>
      )}
    </div>
  );
}
