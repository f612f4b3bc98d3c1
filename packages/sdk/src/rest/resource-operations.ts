import * as rest from "@axlab/wire/rest";

/** What lies in a space beside its records, and integrations (`spec/rest.md` §3.14–3.20). */
export const RESOURCE_OPERATIONS = {
  "GET /v2/annotation-configs": { query: rest.ListAnnotationConfigsQuery, response: rest.AnnotationConfigPage },
  "POST /v2/annotation-configs": { body: rest.CreateAnnotationConfigRequest, response: rest.AnnotationConfig },
  "GET /v2/annotation-configs/{annotation_config_id}": { response: rest.AnnotationConfig },
  "PATCH /v2/annotation-configs/{annotation_config_id}": {
    body: rest.UpdateAnnotationConfigRequest,
    response: rest.AnnotationConfig,
  },
  "DELETE /v2/annotation-configs/{annotation_config_id}": {},

  "GET /v2/prompts": { query: rest.ListPromptsQuery, response: rest.PromptPage },
  "POST /v2/prompts": { body: rest.CreatePromptRequest, response: rest.PromptWithVersion },
  "GET /v2/prompts/{prompt_id}": { query: rest.GetPromptQuery, response: rest.PromptWithVersion },
  "PATCH /v2/prompts/{prompt_id}": { body: rest.UpdatePromptRequest, response: rest.Prompt },
  "DELETE /v2/prompts/{prompt_id}": {},
  "GET /v2/prompts/{prompt_id}/labels/{label_name}": { response: rest.PromptVersion },
  "GET /v2/prompts/{prompt_id}/versions": { query: rest.ListPromptVersionsQuery, response: rest.PromptVersionPage },
  "POST /v2/prompts/{prompt_id}/versions": { body: rest.CreatePromptVersionRequest, response: rest.PromptVersion },
  "GET /v2/prompt-versions/{version_id}": { response: rest.PromptVersion },
  "PUT /v2/prompt-versions/{version_id}/labels": {
    body: rest.SetPromptVersionLabelsRequest,
    response: rest.PromptVersion,
  },
  "DELETE /v2/prompt-versions/{version_id}/labels/{label_name}": {},

  "GET /v2/evaluators": { query: rest.ListEvaluatorsQuery, response: rest.EvaluatorPage },
  "POST /v2/evaluators": { body: rest.CreateEvaluatorRequest, response: rest.EvaluatorWithVersion },
  "GET /v2/evaluators/{evaluator_id}": { query: rest.GetEvaluatorQuery, response: rest.EvaluatorWithVersion },
  "PATCH /v2/evaluators/{evaluator_id}": { body: rest.UpdateEvaluatorRequest, response: rest.Evaluator },
  "DELETE /v2/evaluators/{evaluator_id}": {},
  "GET /v2/evaluators/{evaluator_id}/versions": {
    query: rest.ListEvaluatorVersionsQuery,
    response: rest.EvaluatorVersionPage,
  },
  "POST /v2/evaluators/{evaluator_id}/versions": {
    body: rest.CreateEvaluatorVersionRequest,
    response: rest.EvaluatorVersion,
  },
  "GET /v2/evaluator-versions/{version_id}": { response: rest.EvaluatorVersion },

  "GET /v2/tasks": { query: rest.ListTasksQuery, response: rest.TaskPage },
  "POST /v2/tasks": { body: rest.CreateTaskRequest, response: rest.Task },
  "GET /v2/tasks/{task_id}": { response: rest.Task },
  "PATCH /v2/tasks/{task_id}": { body: rest.UpdateTaskRequest, response: rest.Task },
  "DELETE /v2/tasks/{task_id}": {},
  "GET /v2/tasks/{task_id}/runs": { query: rest.ListTaskRunsQuery, response: rest.TaskRunPage },
  "POST /v2/tasks/{task_id}/trigger": { body: rest.TriggerTaskRequest, response: rest.TaskRun },
  "GET /v2/task-runs/{run_id}": { response: rest.TaskRun },
  "POST /v2/task-runs/{run_id}/cancel": { response: rest.TaskRun },

  "GET /v2/ai-integrations": { query: rest.ListAiIntegrationsQuery, response: rest.AiIntegrationPage },
  "POST /v2/ai-integrations": { body: rest.CreateAiIntegrationRequest, response: rest.AiIntegration },
  "GET /v2/ai-integrations/{integration_id}": { response: rest.AiIntegration },
  "PATCH /v2/ai-integrations/{integration_id}": { body: rest.UpdateAiIntegrationRequest, response: rest.AiIntegration },
  "DELETE /v2/ai-integrations/{integration_id}": {},

  "GET /v2/integrations": { query: rest.ListIntegrationsQuery, response: rest.IntegrationPage },
  "POST /v2/integrations": { body: rest.CreateIntegrationRequest, response: rest.Integration },
  "GET /v2/integrations/{integration_id}": { response: rest.Integration },
  "PATCH /v2/integrations/{integration_id}": { body: rest.UpdateIntegrationRequest, response: rest.Integration },
  "DELETE /v2/integrations/{integration_id}": {},

  "GET /v2/annotation-queues": { query: rest.ListAnnotationQueuesQuery, response: rest.AnnotationQueuePage },
  "POST /v2/annotation-queues": { body: rest.CreateAnnotationQueueRequest, response: rest.AnnotationQueue },
  "GET /v2/annotation-queues/{annotation_queue_id}": { response: rest.AnnotationQueue },
  "PATCH /v2/annotation-queues/{annotation_queue_id}": {
    body: rest.UpdateAnnotationQueueRequest,
    response: rest.AnnotationQueue,
  },
  "DELETE /v2/annotation-queues/{annotation_queue_id}": {},
  "GET /v2/annotation-queues/{annotation_queue_id}/records": {
    query: rest.ListAnnotationQueueRecordsQuery,
    response: rest.AnnotationQueueRecordPage,
  },
  "POST /v2/annotation-queues/{annotation_queue_id}/records": {
    body: rest.AddAnnotationQueueRecordsRequest,
    response: rest.AddedAnnotationQueueRecords,
  },
  "DELETE /v2/annotation-queues/{annotation_queue_id}/records": { body: rest.DeleteAnnotationQueueRecordsRequest },
  "POST /v2/annotation-queues/{annotation_queue_id}/records/{annotation_queue_record_id}/annotate": {
    body: rest.AnnotateQueueRecordRequest,
    response: rest.AnnotatedQueueRecord,
  },
  "POST /v2/annotation-queues/{annotation_queue_id}/records/{annotation_queue_record_id}/assign": {
    body: rest.AssignQueueRecordRequest,
    response: rest.AssignedQueueRecord,
  },
} as const;
