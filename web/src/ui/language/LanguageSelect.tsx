import { NativeSelect, type NativeSelectProps } from '@mantine/core';
import { LANGUAGES } from '@/lib/language';

interface LanguageSelectProps extends Omit<NativeSelectProps, 'data' | 'onChange' | 'value'> {
  value: string;
  /** When there is a choice to follow the browser: its words. */
  auto?: string;
  onChange: (language: string) => void;
}

/** The languages, each in its own words, so that everybody finds theirs. */
export function LanguageSelect({ value, auto, onChange, ...props }: LanguageSelectProps) {
  const languages = Object.entries(LANGUAGES).map(([tag, label]) => ({ value: tag, label }));
  return (
    <NativeSelect
      value={value}
      data={auto ? [{ value: '', label: auto }, ...languages] : languages}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...props}
    />
  );
}
