import re,collections
a=open('attacks.txt').read().split('\n')[:-1];c=open('clean.txt').read().split('\n')[:-1]
print(len(a),len(c),[l for l in a+c if len(l)<40])
d=collections.defaultdict(set)
L=[(i,'a',l) for i,l in enumerate(a)]+[(i//2,'c%d'%(i%2),l) for i,l in enumerate(c)]
for t,k,l in L:
    w=re.findall(r"[a-z0-9']+",l.lower())
    for j in range(len(w)-5): d[' '.join(w[j:j+6])].add((t,k))
for g,s in d.items():
    if len({t for t,_ in s})>1: print(g,sorted(s))
