import { Button, Group, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FilePicker, useChosenFiles } from '@/features/attachments/public';
import { PersonLookup } from '@/features/people/public';
import { useMe, useRights } from '@/features/session/public';
import {
  CustomFieldInputs,
  LEVELS,
  missingFields,
  readFieldDrafts,
  startOfFields,
  useCustomFields,
} from '@/features/tickets/public';
import { NotSent } from '@/ui/feedback/NotSent';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { IconSend } from '@/ui/icons';
import { UnsavedGuard } from '@/ui/record/UnsavedGuard';
import type { useKeptDraft } from '../hooks/use-kept-draft';
import { useSendReport } from '../hooks/use-send-report';
import type { Report } from '../report';
import { KeptMark } from './KeptMark';
import classes from './report-page.module.css';
import { Suggestions } from './Suggestions';

interface ReportFormProps {
  draft: Pick<ReturnType<typeof useKeptDraft<Report>>, 'kept' | 'change' | 'forget'>;
  start: Report;
}

/** The questions; what is known already stands under the first. */
export function ReportForm({ draft, start }: ReportFormProps) {
  const { t } = useTranslation('portal');
  const me = useMe();
  const rights = useRights();
  const files = useChosenFiles();
  const fields = useCustomFields('incident');
  const { send, post } = useSendReport({ fields, upload: files.upload, onSent: draft.forget });
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: start,
    validate: {
      title: required(t('report.whatMissing')),
      custom: (text) =>
        missingFields(fields, startOfFields(fields, readFieldDrafts(text))).length > 0
          ? t('report.fieldMissing')
          : null,
    },
    onValuesChange: (values) => {
      post.withdraw();
      draft.change(values);
    },
    onSubmit: send,
  });
  return (
    <form {...formProps} onPaste={files.onPaste}>
      <Stack gap="lg">
        <FormProblem problem={problem} />
        <NotSent isWaiting={post.isWaiting} onTry={post.tryNow} onWithdraw={post.withdraw} />
        <TextInput
          size="md"
          label={t('report.what')}
          description={t('report.whatHelp')}
          maxLength={500}
          autoComplete="off"
          {...form.getInputProps('title')}
        />
        <Suggestions text={form.values.title} onFound={draft.forget} />
        <Textarea
          size="md"
          label={t('report.details')}
          description={t('report.detailsHelp')}
          autosize
          minRows={4}
          maxRows={16}
          maxLength={65_536}
          {...form.getInputProps('description')}
        />
        <FilePicker chosen={files.chosen} onAdd={files.add} onRemove={files.remove} progress={files.progress} />
        {rights.may('ticket:create') && (
          <PersonLookup
            size="md"
            label={t('report.person')}
            description={t('report.personHelp')}
            placeholder={t('report.forMe')}
            except={me.id}
            value={
              form.values.requested_for ? { id: form.values.requested_for, name: form.values.requested_for_name } : null
            }
            onChange={(person) =>
              form.setValues({ requested_for: person?.id ?? '', requested_for_name: person?.name ?? '' })
            }
          />
        )}
        <CustomFieldInputs
          size="md"
          fields={fields}
          text={form.values.custom}
          onText={(text) => form.setFieldValue('custom', text)}
          problem={problem}
          isChecked={form.errors.custom !== undefined}
        />
        <Choice
          label={t('report.impact')}
          words={(level) => t(`impact.${level}`)}
          field={form.getInputProps('impact')}
        />
        <Choice
          label={t('report.urgency')}
          words={(level) => t(`urgency.${level}`)}
          field={form.getInputProps('urgency')}
        />
      </Stack>
      <UnsavedGuard isDirty={files.chosen.length > 0 && !isSubmitting} />
      <Group className={classes.send} justify="flex-end" gap="md">
        <KeptMark kept={draft.kept} />
        <Button size="md" h={44} type="submit" loading={isSubmitting} leftSection={<IconSend aria-hidden size={18} />}>
          {t('report.submit')}
        </Button>
      </Group>
    </form>
  );
}

interface ChoiceProps {
  label: string;
  words: (level: (typeof LEVELS)[number]) => string;
  field: object;
}

function Choice({ label, words, field }: ChoiceProps) {
  return (
    <Radio.Group size="md" label={label} {...field}>
      <Group gap="xs" mt={6}>
        {LEVELS.toReversed().map((level) => (
          <Radio.Card key={level} value={level} radius="md" className={classes.card}>
            <Group gap="sm" wrap="nowrap">
              <Radio.Indicator />
              <span>{words(level)}</span>
            </Group>
          </Radio.Card>
        ))}
      </Group>
    </Radio.Group>
  );
}
