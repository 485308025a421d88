import { Button, FileButton, Group, SegmentedControl, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { useMe } from '@/features/session/public';
import { asApiError } from '@/lib/api-error';
import { NotSent } from '@/ui/feedback/NotSent';
import { FormProblem } from '@/ui/form/FormProblem';
import { IconAttach, IconLock, IconUser } from '@/ui/icons';
import { noteTyping } from '../../hooks/use-presence';
import type { useSay } from '../../hooks/use-say';
import { useSend } from '../../hooks/use-send';
import type { useServerDraft } from '../../hooks/use-server-draft';
import { isAllowed } from '../../model';
import type { SendVerb } from '../../unsent';
import { CompletingTextarea } from './CompletingTextarea';
import classes from './composer.module.css';
import { DiscardDraft } from './DiscardDraft';
import { DraftConflict } from './DraftConflict';
import { DraftState } from './DraftState';
import { FileStrip } from './FileStrip';
import { PublishDialog } from './PublishDialog';
import { SendButton } from './SendButton';
import { TemplateMenu } from './TemplateMenu';

const MOST_FILES = 10;

interface ComposerFormProps {
  ticket: TicketView;
  kept: ReturnType<typeof useServerDraft>;
  saying: ReturnType<typeof useSay>;
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  onClose: () => void;
}

/** The text with its readers, its files and the way to send it. */
export function ComposerForm({ ticket, kept, saying, fieldRef, onClose }: ComposerFormProps) {
  const { t } = useTranslation(['tickets', 'common']);
  const me = useMe();
  const { draft, change, forget, mark, theirs, decide } = kept;
  const [files, setFiles] = useState<File[]>([]);
  const [isOver, setIsOver] = useState(false);
  const [isPublishing, setIsPublishing] = useState(false);
  const isInternal = draft.visibility === 'internal';
  const isEmpty = draft.body.trim() === '';
  const { send, post, ...sending } = useSend({
    ticket,
    meId: me.id,
    onSaid: () => void forget(),
    onSent: () => setFiles([]),
  });
  /** What waits for the connection is what was sent; a text that is changed is sent anew. */
  const write = (part: Parameters<typeof change>[0]) => {
    post.withdraw();
    change(part);
  };
  const isUnsafe = files.length > 0 || (mark === 'unkept' && !isEmpty);
  useBlocker({
    shouldBlockFn: () => isUnsafe && !window.confirm(t('composer.leave')),
    enableBeforeUnload: isUnsafe,
    disabled: !isUnsafe,
  });

  const add = (more: Iterable<File>) => {
    post.withdraw();
    setFiles((before) => [...before, ...more].slice(0, MOST_FILES));
  };
  const insert = (text: string) => {
    const at = fieldRef.current?.selectionStart ?? draft.body.length;
    write({ body: draft.body.slice(0, at) + text + draft.body.slice(at) });
    fieldRef.current?.focus();
  };
  const submit = (verb?: SendVerb) => {
    if ((isEmpty && !sending.hasUnsentFiles) || sending.isPending) return;
    const message = { body: draft.body, visibility: draft.visibility, verb };
    // Whoever has sent something goes on writing, by whatever button it was sent.
    fieldRef.current?.focus();
    if (post.isWaiting && !verb) post.tryNow();
    else if (files.length > 0 || sending.hasUnsentFiles) void send({ ...message, files });
    else {
      post.withdraw();
      saying.send(message);
    }
  };
  const switchTo = (value: string) => {
    const visibility = value === 'internal' ? 'internal' : 'public';
    if (visibility === 'public' && isInternal && !isEmpty) setIsPublishing(true);
    else write({ visibility });
  };
  return (
    <form
      className={`${classes.composer} no-print`}
      data-internal={isInternal || undefined}
      data-over={isOver || undefined}
      aria-label={t('composer.label')}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onPaste={(event) => {
        if (event.clipboardData.files.length === 0) return;
        event.preventDefault();
        add(event.clipboardData.files);
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        add(event.dataTransfer.files);
      }}
    >
      <Group gap="sm" mb="xs" wrap="wrap">
        <SegmentedControl
          aria-label={t('composer.label')}
          value={draft.visibility}
          onChange={switchTo}
          data={[
            { value: 'public', label: t('composer.public'), disabled: !isAllowed(ticket, 'comment') },
            { value: 'internal', label: t('composer.internal'), disabled: !isAllowed(ticket, 'comment_internal') },
          ]}
        />
        <Text size="xs" id="composer-reader" fw={550}>
          {isInternal ? <IconLock aria-hidden size={12} /> : <IconUser aria-hidden size={12} />}{' '}
          {isInternal ? t('composer.internalTo') : t('composer.publicTo', { name: ticket.requester.name })}
        </Text>
      </Group>
      <NotSent isWaiting={post.isWaiting} onTry={post.tryNow} onWithdraw={post.withdraw} />
      <FormProblem problem={sending.error ? asApiError(sending.error) : saying.error} />
      {theirs && <DraftConflict theirs={theirs} onDecide={decide} />}
      <CompletingTextarea
        ticket={ticket}
        fieldRef={fieldRef}
        autosize
        minRows={3}
        maxRows={12}
        size="sm"
        maxLength={65_536}
        aria-label={isInternal ? t('composer.internal') : t('composer.public')}
        aria-describedby="composer-reader"
        placeholder={isInternal ? t('composer.internalPlaceholder') : t('composer.publicPlaceholder')}
        value={draft.body}
        onText={(body) => {
          noteTyping(ticket.number);
          write({ body });
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
          if (event.key !== 'Escape') return;
          event.currentTarget.blur();
          if (isEmpty) onClose();
        }}
      />
      <FileStrip
        files={files}
        progress={sending.progress}
        onRemove={(file) => {
          post.withdraw();
          setFiles((before) => before.filter((each) => each !== file));
        }}
      />
      <Group justify="space-between" gap="sm" mt="xs">
        <Group gap={4}>
          <FileButton multiple onChange={add} inputProps={{ 'aria-label': t('composer.attach') }}>
            {(button) => (
              <Button {...button} variant="subtle" leftSection={<IconAttach aria-hidden size={15} />}>
                {t('composer.attach')}
              </Button>
            )}
          </FileButton>
          <TemplateMenu ticket={ticket} onText={insert} />
          <DiscardDraft
            kept={kept}
            onDone={() => {
              post.withdraw();
              onClose();
            }}
          />
        </Group>
        <Group gap="sm" ms="auto" justify="flex-end">
          <DraftState mark={mark} />
          <Button variant="default" onClick={onClose}>
            {t('common:form.close')}
          </Button>
          <SendButton
            ticket={ticket}
            isInternal={isInternal}
            isEmpty={isEmpty && !sending.hasUnsentFiles}
            isSending={sending.isPending}
            onSend={submit}
          />
        </Group>
      </Group>
      <PublishDialog
        isOpen={isPublishing}
        onClose={() => setIsPublishing(false)}
        onPublish={() => {
          write({ visibility: 'public' });
          setIsPublishing(false);
        }}
      />
    </form>
  );
}
