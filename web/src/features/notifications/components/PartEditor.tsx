import { Button, Group, Menu, Text, Textarea, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TemplateFault, TemplateVariable } from '@/api';
import { IconChevronDown } from '@/ui/icons';
import { insertAt, offsetOf, type Part, written } from '../template-draft';
import classes from './notifications.module.css';

interface PartEditorProps {
  part: Part;
  value: string;
  /** Most characters. */
  most: number;
  variables: readonly TemplateVariable[];
  fault?: TemplateFault;
  onChange: (source: string) => void;
}

/** The source of one part, with the values that it may use and what is wrong with it. */
export function PartEditor({ part, value, most, variables, fault, onChange }: PartEditorProps) {
  const { t, i18n } = useTranslation('notifications');
  const field = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const select = (from: number, to = from) => {
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(from, to);
    });
  };
  const insert = (name: string) => {
    const from = field.current?.selectionStart ?? value.length;
    const to = field.current?.selectionEnd ?? value.length;
    const { text, cursor } = insertAt(value, from, to, written(name));
    onChange(text);
    select(cursor);
  };
  // Only the letter goes through several tickets; its values live in that loop.
  const isLetter = variables.some(({ name }) => name === 'tickets');
  const wordOf = ({ name, about }: { name: string; about: string }) => {
    const key = name.replaceAll('.', '_');
    const isOwn = isLetter && i18n.exists(`templates.loopVariable.${key}`, { ns: 'notifications' });
    return t(`templates.${isOwn ? 'loopVariable' : 'variable'}.${key}`, {
      defaultValue: about,
      loop: about.slice(about.indexOf('{%')),
    });
  };
  const label = t(`part.${part}`);
  const shared = {
    ref: field,
    'aria-label': label,
    value,
    error: Boolean(fault),
    spellCheck: false,
    className: classes.source,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  return (
    <div style={{ marginBlockEnd: 16 }}>
      <Group justify="space-between" mb={4}>
        <Text size="sm" fw={550}>
          {label}
        </Text>
        <Menu position="bottom-end" shadow="md" width={320}>
          <Menu.Target>
            <Button
              size="compact-sm"
              variant="subtle"
              aria-label={t('templates.insertInto', { part: label })}
              rightSection={<IconChevronDown aria-hidden size={14} />}
            >
              {t('templates.insert')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
            {variables
              .filter(({ name }) => part === 'html' || name !== 'comment_html')
              .map(({ name, about, example }) => (
                <Menu.Item key={name} onClick={() => insert(name)}>
                  <Text component="code" size="sm" ff="monospace">
                    {name}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {wordOf({ name, about })}
                    {example && <code> – {example}</code>}
                  </Text>
                </Menu.Item>
              ))}
          </Menu.Dropdown>
        </Menu>
      </Group>
      {part === 'subject' ? (
        <TextInput size="sm" maxLength={most} {...shared} />
      ) : (
        <Textarea size="sm" autosize minRows={6} maxRows={18} maxLength={most} {...shared} />
      )}
      <div role="status">
        {fault && (
          <Group gap="xs" mt={4} align="baseline">
            <Text size="sm" c="red">
              {t('templates.fault', { line: fault.line, column: fault.column, message: fault.message })}
              {fault.hint && <> – {fault.hint}</>}
            </Text>
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => {
                const at = offsetOf(value, fault.line, fault.column);
                select(at, Math.min(value.length, at + 1));
              }}
            >
              {t('templates.goThere')}
            </Button>
          </Group>
        )}
      </div>
    </div>
  );
}
