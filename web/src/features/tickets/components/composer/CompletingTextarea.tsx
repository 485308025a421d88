import { Textarea, type TextareaProps } from '@mantine/core';
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { renderReplyTemplate, type TicketView } from '@/api';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { type OpenWord, openWord, withCompletion, withWord } from '../../completion';
import { type Offer, useCompletions } from '../../hooks/use-completions';
import classes from './composer.module.css';

interface CompletingTextareaProps extends Omit<TextareaProps, 'value' | 'onChange' | 'ref'> {
  ticket: TicketView;
  value: string;
  onText: (text: string) => void;
  fieldRef: Ref<HTMLTextAreaElement | null>;
}

/** A text in which `@` offers people, `#` tickets, and `/` at the beginning of a line reply templates. */
export function CompletingTextarea({ ticket, value, onText, fieldRef, onKeyDown, ...props }: CompletingTextareaProps) {
  const { t } = useTranslation('tickets');
  const listId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle<HTMLTextAreaElement | null, HTMLTextAreaElement | null>(fieldRef, () => field.current);
  /** What is in the field by the time that a template has been filled in. */
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  }, [value]);
  const [open, setOpen] = useState<OpenWord | null>(null);
  const [active, setActive] = useState(0);
  const offers = useCompletions(ticket, open);
  const isOpen = open !== null && offers.length > 0;
  const shown = Math.min(active, offers.length - 1);

  const look = () => {
    const element = field.current;
    setOpen(element ? openWord(element.value, element.selectionStart) : null);
    setActive(0);
  };
  const write = ({ text, caret }: { text: string; caret: number }) => {
    onText(text);
    field.current?.focus();
    requestAnimationFrame(() => field.current?.setSelectionRange(caret, caret));
  };
  const choose = async (offer: Offer) => {
    if (!open) return;
    setOpen(null);
    if (offer.word !== undefined) {
      write(withWord(value, open, offer.word));
      return;
    }
    try {
      // Until the text is there, what was typed stays; afterwards too, when it does not come.
      const { data } = await renderReplyTemplate({ path: { key: ticket.number, template_id: offer.id } });
      write(withCompletion(latest.current, open, data.text));
    } catch (error) {
      notifyProblem(error);
    }
  };
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const chosen = offers[shown];
    if (isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setActive((shown + (event.key === 'ArrowDown' ? 1 : offers.length - 1)) % offers.length);
    } else if (
      isOpen &&
      chosen &&
      (event.key === 'Tab' || (event.key === 'Enter' && !event.ctrlKey && !event.metaKey))
    ) {
      event.preventDefault();
      void choose(chosen);
    } else if (isOpen && event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      setOpen(null);
    } else onKeyDown?.(event);
  };
  return (
    <div className={classes.completing}>
      <Textarea
        {...props}
        ref={field}
        value={value}
        aria-autocomplete="list"
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen ? `${listId}-${shown}` : undefined}
        onChange={(event) => {
          onText(event.currentTarget.value);
          look();
        }}
        onClick={look}
        onKeyDown={onKey}
        onBlur={() => setOpen(null)}
      />
      {isOpen && (
        <ul id={listId} role="listbox" aria-label={t(`composer.offers.${open.kind}`)} className={classes.offers}>
          {offers.map((offer, index) => (
            <li
              key={offer.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === shown}
              className={classes.offer}
              // Before the field loses the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => void choose(offer)}
            >
              <b>{offer.name}</b> <span>{offer.detail}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
