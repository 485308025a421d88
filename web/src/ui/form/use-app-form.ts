import { type UseFormInput, useForm } from '@mantine/form';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type ApiError, asApiError } from '@/lib/api-error';
import { fieldWords } from '../feedback/problem-words';

interface AppFormInput<Values> {
  initialValues: Values;
  validate?: UseFormInput<Values>['validate'];
  onSubmit: (values: Values) => Promise<unknown>;
  onValuesChange?: (values: Values) => void;
}

/**
 * A form whose errors stand by their fields, the server's too. What belongs to no
 * field is `problem`. After a failure the first bad field has the focus.
 */
export function useAppForm<Values extends Record<string, unknown>>(input: AppFormInput<Values>) {
  const element = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [isSubmitting, setIsSubmitting] = useState(false);
  const [failures, setFailures] = useState(0);
  const form = useForm<Values>({
    mode: 'controlled',
    initialValues: input.initialValues,
    validate: input.validate,
    onValuesChange: input.onValuesChange,
  });

  useEffect(() => {
    if (failures === 0) return;
    const bad = element.current?.querySelector<HTMLElement>(
      '[aria-invalid="true"], input[data-invalid], [data-form-problem]',
    );
    bad?.focus();
  }, [failures]);

  const fail = (error: unknown) => {
    const failure = asApiError(error);
    const own = failure.fields.filter((item) => item.field in input.initialValues);
    form.setErrors(Object.fromEntries(own.map((item) => [item.field, fieldWords(item)])));
    setProblem(own.length > 0 && own.length === failure.fields.length ? null : failure);
    setFailures((count) => count + 1);
  };

  const submit = async (values: Values) => {
    setProblem(null);
    setIsSubmitting(true);
    try {
      await input.onSubmit(values);
    } catch (error) {
      fail(error);
    } finally {
      setIsSubmitting(false);
    }
  };

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    event.stopPropagation();
    if (isSubmitting) return;
    form.onSubmit(
      (values) => submit(values),
      () => setFailures((count) => count + 1),
    )(event);
  };

  return { form, problem, isSubmitting, formProps: { ref: element, onSubmit, noValidate: true } };
}
