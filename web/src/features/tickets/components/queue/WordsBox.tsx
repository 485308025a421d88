import { CloseButton, Text, TextInput, Tooltip } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pauseAfter } from '@/lib/search-words';
import { IconSearch } from '@/ui/icons';
import classes from './queue.module.css';

interface WordsBoxProps {
  value: string | undefined;
  inputRef: RefObject<HTMLInputElement | null>;
}

/** Words and filters in words; the address follows a moment later, so that no keystroke waits for the server. */
export function WordsBox({ value, inputRef }: WordsBoxProps) {
  const { t } = useTranslation('tickets');
  const navigate = useNavigate();
  const [text, setText] = useState(value ?? '');
  const sent = useRef(value ?? '');
  useEffect(() => {
    // The address changed by other means: a view was opened, or Back was pressed.
    if ((value ?? '') !== sent.current) {
      sent.current = value ?? '';
      setText(value ?? '');
    }
  }, [value]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      void navigate({
        to: '/agent/tickets',
        search: (before) => ({ ...before, search: text.trim() ? text : undefined, view: before.view ?? 'all' }),
        replace: true,
      });
    }, pauseAfter(text));
    return () => clearTimeout(timer);
  }, [text, navigate]);
  return (
    <Tooltip
      multiline
      w={340}
      position="bottom-start"
      openDelay={600}
      label={
        <Text size="xs" component="span">
          {t('queue.wordsHelp')}
        </Text>
      }
    >
      <TextInput
        ref={inputRef}
        type="search"
        className={classes.words}
        aria-label={t('queue.words')}
        placeholder={t('queue.wordsPlaceholder')}
        leftSection={<IconSearch aria-hidden size={14} />}
        rightSection={text && <CloseButton size="sm" aria-label={t('queue.clearWords')} onClick={() => setText('')} />}
        maxLength={500}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
        }}
      />
    </Tooltip>
  );
}
