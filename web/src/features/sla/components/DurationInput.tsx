import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { minutesWord, readMinutes } from '@/lib/minutes';

interface DurationInputProps {
  label: string;
  minutes: number | null;
  isReadOnly: boolean;
  onChange: (minutes: number | null) => void;
  /** Stands where there is no time; without it there must be one. */
  placeholder?: string;
  /** Whether another one has this time already. */
  isTaken?: boolean;
}

/** A length of time as people write it: `90m`, `4h`, `1h 30m`. */
export function DurationInput({ label, minutes, isReadOnly, onChange, placeholder, isTaken }: DurationInputProps) {
  const { t } = useTranslation('sla');
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? minutesWord(minutes);
  const read = readMinutes(text);
  const isWrong = read === undefined || (read === null && placeholder === undefined);
  return (
    <TextInput
      aria-label={label}
      placeholder={placeholder}
      value={text}
      readOnly={isReadOnly}
      error={isWrong ? t('duration.wrong') : isTaken}
      onChange={(event) => {
        const words = event.currentTarget.value;
        setTyped(words);
        const next = readMinutes(words);
        if (next !== undefined && (next !== null || placeholder !== undefined)) onChange(next);
      }}
      onBlur={() => !isWrong && setTyped(null)}
    />
  );
}
