import { Textarea, type TextareaProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type Ref, useId, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listUsersOptions, type UserView } from '@/api';
import { type OpenMention, openMention, withMention } from '../../mentions';
import classes from './composer.module.css';

interface MentionTextareaProps extends Omit<TextareaProps, 'value' | 'onChange' | 'ref'> {
  value: string;
  onText: (text: string) => void;
  fieldRef: Ref<HTMLTextAreaElement | null>;
}

const NOBODY: UserView[] = [];

/** A text in which `@` and some letters offer people to mention. */
export function MentionTextarea({ value, onText, fieldRef, onKeyDown, ...props }: MentionTextareaProps) {
  const { t } = useTranslation('tickets');
  const listId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle<HTMLTextAreaElement | null, HTMLTextAreaElement | null>(fieldRef, () => field.current);
  const [mention, setMention] = useState<OpenMention | null>(null);
  const [active, setActive] = useState(0);
  const people = useQuery({
    ...listUsersOptions({ query: { search: mention?.word || undefined, is_active: true, per_page: 6 } }),
    enabled: mention !== null,
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  const found = mention ? (people.data?.data ?? NOBODY) : NOBODY;
  const isOpen = found.length > 0;

  const look = () => {
    const element = field.current;
    setMention(element ? openMention(element.value, element.selectionStart) : null);
    setActive(0);
  };
  const choose = (user: UserView) => {
    if (!mention) return;
    const next = withMention(value, mention, user.username);
    onText(next.text);
    setMention(null);
    requestAnimationFrame(() => field.current?.setSelectionRange(next.caret, next.caret));
    field.current?.focus();
  };
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const chosen = found[active];
    if (isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setActive((before) => (before + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length);
    } else if (
      isOpen &&
      chosen &&
      (event.key === 'Tab' || (event.key === 'Enter' && !event.ctrlKey && !event.metaKey))
    ) {
      event.preventDefault();
      choose(chosen);
    } else if (isOpen && event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      setMention(null);
    } else onKeyDown?.(event);
  };
  return (
    <div className={classes.mention}>
      <Textarea
        {...props}
        ref={field}
        value={value}
        aria-autocomplete="list"
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen ? `${listId}-${active}` : undefined}
        onChange={(event) => {
          onText(event.currentTarget.value);
          look();
        }}
        onClick={look}
        onKeyDown={onKey}
        onBlur={() => setMention(null)}
      />
      {isOpen && (
        <ul id={listId} role="listbox" aria-label={t('composer.people')} className={classes.people}>
          {found.map((user, index) => (
            <li
              key={user.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              className={classes.person}
              // Before the field loses the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(user)}
            >
              <b>{user.name}</b> <span>@{user.username}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
