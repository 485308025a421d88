import { Box, Button, Group, Select, Stack, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonSelect, useTeamChoices } from '@/features/people/public';
import { Refusable } from '@/ui/action/Refusable';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { useAppForm } from '@/ui/form/use-app-form';
import type { BulkChange } from '../../bulk';
import { useCategoryChoices, useSubcategoryChoices } from '../../hooks/use-categories';
import { isPriority, PRIORITIES } from '../../model';
import type { BulkKind } from './BulkBar';

const VERBS = ['start', 'hold', 'resume', 'resolve', 'close', 'reopen', 'cancel'] as const;
const NEEDS_REASON = new Set<string>(['hold', 'reopen', 'cancel']);

const EMPTY: {
  assignee_id: string | null;
  team_id: string | null;
  verb: string;
  text: string;
  priority: string;
  add: string[];
  remove: string[];
  category: string | null;
  subcategory: string | null;
} = {
  assignee_id: null,
  team_id: null,
  verb: 'start',
  text: '',
  priority: 'high',
  add: [],
  remove: [],
  category: null,
  subcategory: null,
};
type Values = typeof EMPTY;

/** What the API is asked for. */
function changeOf(kind: BulkKind, values: Values): BulkChange {
  const text = values.text.trim() || undefined;
  switch (kind) {
    case 'assign':
      return { assign: { assignee_id: values.assignee_id ?? undefined, team_id: values.team_id ?? undefined } };
    case 'status':
      return {
        step:
          values.verb === 'resolve' ? { verb: 'resolve', resolution_note: text } : { verb: values.verb, comment: text },
      };
    case 'priority':
      return { patch: { priority: isPriority(values.priority) ? values.priority : undefined, priority_reason: text } };
    case 'tags':
      return {
        add_tags: values.add.length > 0 ? values.add : undefined,
        remove_tags: values.remove.length > 0 ? values.remove : undefined,
      };
    case 'category':
      return { patch: { category: values.category, subcategory: values.subcategory } };
  }
}

interface BulkFormProps {
  kind: BulkKind;
  onCancel: () => void;
  onSubmit: (change: BulkChange) => Promise<void>;
  /** Tells first what would become of the tickets; without it, submitting does. */
  onPreview?: (change: BulkChange) => Promise<void>;
}

/** What should become of many tickets. */
export function BulkForm({ kind, onCancel, onSubmit, onPreview }: BulkFormProps) {
  const { t } = useTranslation(['tickets', 'common']);
  const teams = useTeamChoices(kind === 'assign');
  const wanted = useRef<BulkFormProps['onPreview']>(undefined);
  const needsText = (values: Values) =>
    kind === 'priority' || (kind === 'status' && (NEEDS_REASON.has(values.verb) || values.verb === 'resolve'));
  const { form, formProps, problem, isSubmitting } = useAppForm<Values>({
    initialValues: EMPTY,
    validate: {
      assignee_id: (value, values) =>
        kind === 'assign' && !value && !values.team_id ? t('dialog.assignMissing') : null,
      add: (value, values) =>
        kind === 'tags' && value.length === 0 && values.remove.length === 0 ? t('bulk.tagMissing') : null,
      text: (value, values) => (needsText(values) && !value.trim() ? t('dialog.reasonMissing') : null),
    },
    onSubmit: (values) => (wanted.current ?? onSubmit)(changeOf(kind, values)),
  });
  const categories = useCategoryChoices(kind === 'category');
  const subcategories = useSubcategoryChoices(form.values.category, kind === 'category');
  const select = {
    searchable: true,
    clearable: true,
    selectFirstOptionOnChange: true,
    nothingFoundMessage: t('common:form.nothingFound'),
  };
  const preview = () => {
    // The form is checked and sent as always, only to another place.
    wanted.current = onPreview;
    formProps.ref.current?.requestSubmit();
    wanted.current = undefined;
  };
  const isResolving = form.values.verb === 'resolve';
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        {kind === 'assign' && (
          <>
            <PersonSelect label={t('dialog.assignee')} data-autofocus {...form.getInputProps('assignee_id')} />
            <Select {...select} label={t('dialog.team')} data={teams} {...form.getInputProps('team_id')} />
          </>
        )}
        {kind === 'status' && (
          <>
            <Select
              label={t('bulk.step')}
              allowDeselect={false}
              data={VERBS.map((verb) => ({ value: verb, label: t(`verb.${verb}`) }))}
              data-autofocus
              {...form.getInputProps('verb')}
            />
            <Textarea
              label={isResolving ? t('dialog.resolutionNote') : t('bulk.comment')}
              description={t('bulk.commentHelp')}
              autosize
              minRows={2}
              required={needsText(form.values)}
              {...form.getInputProps('text')}
            />
          </>
        )}
        {kind === 'priority' && (
          <>
            <Select
              label={t('field.priority')}
              allowDeselect={false}
              data={PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) }))}
              data-autofocus
              {...form.getInputProps('priority')}
            />
            <TextInput
              label={t('priorityForm.reason')}
              description={t('priorityForm.reasonHelp')}
              required
              maxLength={1000}
              {...form.getInputProps('text')}
            />
          </>
        )}
        {kind === 'tags' && (
          <>
            <TagsInput label={t('bulk.addTags')} data-autofocus acceptValueOnBlur {...form.getInputProps('add')} />
            <TagsInput label={t('bulk.removeTags')} acceptValueOnBlur {...form.getInputProps('remove')} />
            <Text size="xs" c="dimmed">
              {t('bulk.tagsHelp')}
            </Text>
          </>
        )}
        {kind === 'category' && (
          <>
            <Select
              {...select}
              label={t('field.category')}
              data={categories}
              data-autofocus
              {...form.getInputProps('category')}
            />
            <Select
              {...select}
              label={t('field.subcategory')}
              data={subcategories}
              disabled={subcategories.length === 0}
              {...form.getInputProps('subcategory')}
            />
          </>
        )}
      </Stack>
      <Group justify="space-between" align="flex-end">
        {onPreview && (
          <Refusable reason={isSubmitting ? t('common:refused.sending') : null}>
            <Button variant="subtle" onClick={preview}>
              {t('bulk.preview')}
            </Button>
          </Refusable>
        )}
        <Box ms="auto">
          <FormButtons
            submit={onPreview ? t(`bulk.submit.${kind}`) : t('bulk.preview')}
            isSubmitting={isSubmitting}
            onCancel={onCancel}
          />
        </Box>
      </Group>
    </form>
  );
}
