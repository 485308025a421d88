import { Button, Menu } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconChevronDown } from '../icons';

export interface FilterChoice {
  value: string;
  label: string;
}

interface FilterMenuProps {
  /** What is filtered by, such as "Status". */
  label: string;
  choices: readonly FilterChoice[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  /** Only one choice at a time. */
  isSingle?: boolean;
  buttonRef?: React.Ref<HTMLButtonElement>;
}

const SEARCH_FROM = 9;

/** A filter as one small button: what it filters by and what is chosen. */
export function FilterMenu({ label, choices, value, onChange, isSingle, buttonRef }: FilterMenuProps) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const search = useRef<HTMLInputElement>(null);
  const chosen = choices.filter((choice) => value.includes(choice.value)).map((choice) => choice.label);
  const summary = chosen.length > 2 ? String(chosen.length) : chosen.join(', ');
  const words = query.trim().toLowerCase();
  const shown = choices.filter((choice) => choice.label.toLowerCase().includes(words));
  return (
    <Menu position="bottom-start" shadow="md" width={220} onClose={() => setQuery('')} closeOnItemClick={isSingle}>
      <Menu.Target>
        <Button
          ref={buttonRef}
          variant={chosen.length > 0 ? 'light' : 'default'}
          fw={500}
          rightSection={<IconChevronDown aria-hidden size={14} />}
        >
          {chosen.length > 0 ? `${label}: ${summary}` : label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={340} style={{ overflowY: 'auto' }}>
        {choices.length >= SEARCH_FROM && (
          <Menu.Search
            ref={search}
            aria-label={`${t('filter.search')}: ${label}`}
            placeholder={t('filter.search')}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
        )}
        {isSingle ? (
          <Menu.RadioGroup value={value[0] ?? ''} onChange={(next) => onChange(next === value[0] ? [] : [next])}>
            {shown.map((choice) => (
              <Menu.RadioItem key={choice.value} value={choice.value} closeMenuOnClick>
                {choice.label}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        ) : (
          <Menu.CheckboxGroup value={[...value]} onChange={onChange}>
            {shown.map((choice) => (
              <Menu.CheckboxItem key={choice.value} value={choice.value}>
                {choice.label}
              </Menu.CheckboxItem>
            ))}
          </Menu.CheckboxGroup>
        )}
        {shown.length === 0 && <Menu.Label>{t('form.nothingFound')}</Menu.Label>}
        {chosen.length > 0 && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => onChange([])}>{t('filter.clear')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
