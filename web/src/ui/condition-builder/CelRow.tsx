import { ActionIcon, Anchor, Text, Textarea } from '@mantine/core';
import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconClose } from '../icons';
import { offsetOf } from './condition';
import classes from './condition-builder.module.css';

/** A mistake in a text, with its place where that is known. */
export interface CelProblem {
  /** Where the text stands in the condition (JSON Pointer). */
  pointer: string;
  message: string;
  line?: number | null;
  column?: number | null;
}

interface CelRowProps {
  text: string;
  problems: readonly CelProblem[];
  onChange: (text: string) => void;
  onRemove: () => void;
  isReadOnly?: boolean;
}

const EXAMPLE = "ticket.tags.exists(t, t.startsWith('vip'))";

/** A text in CEL. Its mistakes lead to their place. */
export function CelRow({ text, problems, onChange, onRemove, isReadOnly }: CelRowProps) {
  const { t } = useTranslation();
  const area = useRef<HTMLTextAreaElement>(null);
  const mistakes = useId();
  const isNew = useRef(text === '');
  useEffect(() => {
    if (isNew.current) area.current?.focus();
  }, []);
  const goTo = (line: number, column: number) => {
    const offset = offsetOf(text, line, column);
    area.current?.focus();
    area.current?.setSelectionRange(offset, offset + 1);
  };
  return (
    <div className={classes.cel}>
      <div className={classes.value}>
        <Textarea
          ref={area}
          label={t('condition.cel')}
          description={t('condition.celHelp', { example: EXAMPLE })}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={2048}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          readOnly={isReadOnly}
          error={problems.length > 0}
          aria-describedby={problems.length > 0 ? mistakes : undefined}
          classNames={{ input: classes.code }}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        {problems.length > 0 && (
          <ul id={mistakes} className={classes.mistakes}>
            {problems.map(({ message, line, column }) => (
              <li key={`${line}-${column}-${message}`}>
                {line && column && (
                  <Anchor component="button" type="button" size="sm" onClick={() => goTo(line, column)}>
                    {t('condition.celPlace', { line, column })}
                  </Anchor>
                )}
                <Text size="sm" c="var(--mantine-color-error)">
                  {message}
                </Text>
              </li>
            ))}
          </ul>
        )}
      </div>
      {!isReadOnly && (
        <ActionIcon aria-label={t('condition.removeCel')} onClick={onRemove}>
          <IconClose aria-hidden size={15} />
        </ActionIcon>
      )}
    </div>
  );
}
