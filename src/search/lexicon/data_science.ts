/** Machine learning, notebooks, data pipelines. */
export const DATA_SCIENCE = `
model network
model > eval version
train fit
training > batch gradient rate
epochs > diverge overfit
diverge explode
gradient > clip vanish explode
overfit generalize
overfit > regularize leakage
leakage > split target
accuracy > leakage imbalance
imbalanced imbalance
imbalance > weight stratify
split train
shuffle > split partition
inference predict
inference > eval gradient batch
predict > preprocess
eval > dropout batchnorm
dropout batchnorm
production > skew preprocess
preprocess feature
feature > scaling leakage
scaling normalise
normalise > mean
embeddings > normalise model dimension
tensor array
tensor > device dtype
shape dimension
shape > broadcast mismatch
broadcast > shape
dtype type
dtype > cast
device gpu
gpu cuda
cuda > driver version memory device
driver > version
vram memory
vram > batch precision
fp16 bf16 half-precision
fp16 > overflow scale
mixed > precision
checkpoint weights
checkpoint > optimizer resume
optimizer adam sgd
learning rate
seed temperature > deterministic
dataloader > worker pin
notebook jupyter
notebook > kernel order state
kernel restart
llm gpt
llm > token context hallucinate
hallucinate invent
hallucination > grounding retrieval
context > window token truncated
tokens > limit context
tokenizer vocabulary
prompt instruction
temperature sampling
rag retrieval
retrieval > chunk rerank embedding
finetune lora
lora > rank adapter
agent tool
tool parquet lineage > schema
streaming > token
pandas dataframe
pandas > copy dtype index
dataframe > copy dtype
settingwithcopy view > copy
numpy ndarray
numpy > broadcast view overflow
spark > partition skew shuffle
executor > partition skew
task > skew partition
hours salt > skew
hotkey skew
orc parquet
etl elt
etl > idempotent incremental
airflow dag
dag > schedule catchup
catchup backfill
dbt > incremental
incremental > late
dataset data
data > quality schema
outlier > median
missing > impute
categorical > encoding
onehot categorical
forecast timeseries
sklearn > pipeline leakage
pytorch torch
pytorch > device eval grad
tensorflow keras
huggingface transformers
transformers > tokenizer
vision image
ocr > resolution
gis geospatial
recommend rank
`;
