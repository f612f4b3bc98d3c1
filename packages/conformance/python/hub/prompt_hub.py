"""arize 7.52: the prompt hub, over GraphQL."""

from arize.experimental.prompt_hub import ArizePromptClient, LLMProvider, Prompt
from checks import HOST, KEYS, PORT, SPACE, UNKNOWN_KEY, check, equal, holds, unique


def client_of(key):
    return ArizePromptClient(space_id=SPACE, api_key=key, base_url=f"http://{HOST}:{PORT}")


client = client_of(KEYS["member"])
NAME = unique("hub")

with check("ArizePromptClient: reads the whole schema and pulls what is there"):
    holds(isinstance(client.pull_prompts(), list), "prompts")

with check("push_prompt, pull_prompt: what was pushed"):
    prompt = Prompt(
        name=NAME,
        description="d",
        tags=["x"],
        messages=[{"role": "system", "content": "Be brief"}, {"role": "user", "content": "{question}"}],
        provider=LLMProvider.OPENAI,
        model_name="gpt-4o",
        llm_parameters={"temperature": 0.2},
    )
    client.push_prompt(prompt, commit_message="first")
    pulled = client.pull_prompt(prompt_name=NAME)
    equal([message["content"] for message in pulled.messages], ["Be brief", "{question}"], "messages")
    equal((pulled.description, pulled.tags, pulled.model_name), ("d", ["x"], "gpt-4o"), "prompt")
    equal(pulled.llm_parameters["temperature"], 0.2, "parameters")

with check("push_prompt of a pulled one: a new version of the same prompt"):
    pulled.messages[0]["content"] = "Be very brief"
    client.push_prompt(pulled, commit_message="second")
    again = client.pull_prompt(prompt_name=NAME)
    equal((again.id, again.commit_message), (pulled.id, "second"), "version")

with check("pull_prompts: every prompt once"):
    equal([one.name for one in client.pull_prompts()].count(NAME), 1, "prompts")

with check("push_prompt: a reader may not, and nothing is made"):
    name = unique("refused")
    try:
        client_of(KEYS["readOnly"]).push_prompt(Prompt(name=name, messages=[{"role": "user", "content": "x"}], provider=LLMProvider.OPENAI, model_name="gpt-4o"))
        raise AssertionError("was answered")
    except AssertionError:
        raise
    except Exception as error:
        holds("PROMPT_CREATE" in str(error), str(error))
    holds(name not in [one.name for one in client.pull_prompts()], "made")

with check("ArizePromptClient: an unknown key is refused"):
    try:
        client_of(UNKNOWN_KEY).pull_prompts()
        raise AssertionError("was answered")
    except AssertionError:
        raise
    except Exception as error:
        holds(UNKNOWN_KEY not in str(error), "the key is shown")
