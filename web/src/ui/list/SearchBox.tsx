import { TextInput } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useActions } from '@/actions/use-actions';
import { IconSearch } from '../icons';

interface SearchBoxProps {
  /** Which list is searched, for screen readers. */
  label: string;
  value: string;
  onChange: (value: string) => void;
}

const PAUSE_MS = 200;

/** Words to search a list by. What is typed stays here and goes on after a short pause; `/` comes here. */
export function SearchBox({ label, value, onChange }: SearchBoxProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  const send = useRef(onChange);
  send.current = onChange;

  // Back and Forward change the words from outside.
  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value;
      setTyped(value);
    }
  }, [value]);
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed;
      send.current(typed);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);

  const keys = useMemo<Action[]>(
    () => [
      {
        id: 'list.search',
        label: t('list.focusSearch'),
        section: t('table.keys'),
        shortcut: '/',
        isHidden: true,
        run: () => input.current?.focus(),
      },
    ],
    [t],
  );
  useActions(keys);
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={`${t('list.search')}: ${label}`}
      placeholder={t('list.search')}
      leftSection={<IconSearch aria-hidden size={14} />}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      w={{ base: '100%', xs: 240 }}
    />
  );
}
