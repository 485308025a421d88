import { Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { GROUP_NAMES, GROUPS, hears, isHeld, type Kind, toggled } from '../kinds';
import classes from './webhooks.module.css';

interface EventsFieldProps {
  value: string[];
  onChange: (words: string[]) => void;
  error?: React.ReactNode;
}

/** What a webhook is told: single events, whole groups, or all; words narrow the list. */
export function EventsField({ value, onChange, error }: EventsFieldProps) {
  const { t } = useTranslation('webhooks');
  const id = useId();
  const [words, setWords] = useState('');
  const sought = words.trim().toLowerCase();
  const isShown = (kind: Kind) => `${kind} ${t(`kind.${kind}`)}`.toLowerCase().includes(sought);
  const box = (word: string, label: string, isOn: boolean, isDisabled: boolean) => (
    <Checkbox
      key={word}
      size="sm"
      checked={isOn}
      disabled={isDisabled}
      label={label}
      description={word}
      onChange={(event) => onChange(toggled(value, word, event.currentTarget.checked))}
    />
  );
  return (
    <div>
      <Text size="sm" fw={500} id={id}>
        {t('form.events')}
      </Text>
      <TextInput
        my={6}
        aria-label={t('form.filter')}
        placeholder={t('form.filter')}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <div className={classes.events} role="group" aria-labelledby={id} tabIndex={0}>
        {sought === '' && (
          <Stack gap={8} mt="sm">
            {box('*', t('form.all'), value.includes('*'), false)}
          </Stack>
        )}
        {GROUP_NAMES.map((group) => {
          const kinds = GROUPS[group].filter(isShown);
          if (kinds.length === 0) return null;
          const word = `${group}.*`;
          return (
            <Stack key={group} gap={8} mt="sm">
              <Text size="xs" fw={650} c="dimmed">
                {t(`group.${group}`)}
              </Text>
              {box(
                word,
                t(`everyOf.${group}`),
                hears(value, GROUPS[group][0]) && isHeld(value, GROUPS[group][0]),
                value.includes('*'),
              )}
              {kinds.map((kind) => box(kind, t(`kind.${kind}`), hears(value, kind), isHeld(value, kind)))}
            </Stack>
          );
        })}
        {sought !== '' && !GROUP_NAMES.some((group) => GROUPS[group].some(isShown)) && (
          <Text size="sm" c="dimmed" mt="sm">
            {t('form.noEvent')}
          </Text>
        )}
      </div>
      <Text size="sm" mt={4} c="red" aria-live="polite">
        {error}
      </Text>
    </div>
  );
}
